using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Model;

/// <summary>Values as people read them.</summary>
internal static class ReportText
{
    public const string Unknown = "–";

    /// <summary>As many digits as a number deserves.</summary>
    public static string Number(double value) => double.IsNaN(value) ? Unknown : Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,0;−#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0;−0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000;−0.000;0.000", CultureInfo.InvariantCulture),
    };

    public static string Number(double? value) => value is { } known ? Number(known) : Unknown;

    /// <summary>A difference: its sign always.</summary>
    public static string Signed(double value) => (value > 0 ? "+" : "") + Number(value);

    /// <summary>A name of ours as people write it: <c>RolledBack</c> is rolled back.</summary>
    public static string Words<T>(T name) where T : struct, Enum =>
        string.Concat(name.ToString()
            .Select((letter, index) => char.IsUpper(letter) ? (index > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static string Of(Interval interval) => $"[{Signed(interval.Lower)}, {Signed(interval.Upper)}]";

    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Failed => "❌",
        Verdict.Inconclusive => "❓",
        _ => "⚠️",
    };

    /// <summary>Which way is better.</summary>
    public static string Arrow(Direction? direction) => direction switch
    {
        Direction.LowerIsBetter => "↓",
        Direction.HigherIsBetter => "↑",
        _ => "",
    };

    public static string Rows(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0}");

    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.0%}");
}
