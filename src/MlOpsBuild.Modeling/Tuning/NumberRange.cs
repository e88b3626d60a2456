using System.Globalization;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>Numbers between two bounds, both of which may be chosen.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Default">Its value when nobody chooses.</param>
/// <param name="From">Least value.</param>
/// <param name="To">Greatest value, above <paramref name="From"/>.</param>
/// <param name="IsWhole">Whether only whole numbers are.</param>
/// <param name="ByFactor">Whether equal factors are equal steps: of trees, rates and strengths.</param>
public sealed record NumberRange(string Name, string Default, double From, double To, bool IsWhole, bool ByFactor)
    : SearchRange(Name, Default)
{
    // A whole number owns what is rounded to it: both ends are as likely as what lies between.
    internal double Lower => Inner(IsWhole ? From - 0.5 : From);

    internal double Upper => Inner(IsWhole ? To + 0.5 : To);

    /// <inheritdoc />
    public override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{From:0.######} to {To:0.######}{(ByFactor ? ", by factors" : "")}");

    /// <summary>The value at <paramref name="inner"/>, between <see cref="Lower"/> and <see cref="Upper"/>.</summary>
    internal string At(double inner)
    {
        var value = ByFactor ? Math.Exp(inner) : inner;
        return IsWhole
            ? ((long)Math.Clamp(Math.Round(value), From, To)).ToString(CultureInfo.InvariantCulture)
            : Rounded(value).ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Where a value lies.</summary>
    internal double InnerOf(string value) =>
        Math.Clamp(Inner(double.Parse(value, CultureInfo.InvariantCulture)), Lower, Upper);

    private double Inner(double value) => ByFactor ? Math.Log(value) : value;

    // Six digits tell models apart, and can be typed.
    private double Rounded(double value) =>
        Math.Clamp(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), From, To);
}
