using System.Globalization;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One column per month or weekday seen in training.</summary>
public sealed record DatePartTerm(string Name, int Field, DatePart Part, double[] Values) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Values.Length;

    /// <inheritdoc />
    public override IEnumerable<string> Names => Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{Name}.{Part}={value}"));

    /// <summary>The part of the date with day number <paramref name="day"/>; NaN of a missing one, which is a value of its own.</summary>
    public static double PartOf(double day, DatePart part)
    {
        if (double.IsNaN(day))
        {
            return double.NaN;
        }

        var date = DateOnly.FromDayNumber((int)day);
        return part == DatePart.Month ? date.Month : (double)date.DayOfWeek;
    }

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<double> row, Span<double> columns)
    {
        var position = Array.BinarySearch(Values, PartOf(row[Field], Part));
        if (position >= 0)
        {
            columns[position] = 1;
        }
    }
}
