using System.Globalization;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One column per value of a part of a date, of those seen in training.</summary>
public sealed record DatePartTerm(string Name, int Field, DatePart Part, double[] Values) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Values.Length;

    /// <inheritdoc />
    public override IEnumerable<string> Names =>
        Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{Name}.{Part}={value}"));

    /// <summary>The part of a date or time, given in days since 0001-01-01; NaN of a missing one, which is a value of its own.</summary>
    public static double PartOf(double days, DatePart part)
    {
        if (double.IsNaN(days))
        {
            return double.NaN;
        }

        var time = Days.ToTime(days);
        return part switch
        {
            DatePart.Month => time.Month,
            DatePart.Weekday => (double)time.DayOfWeek,
            DatePart.Quarter => ((time.Month - 1) / 3) + 1,
            DatePart.Week => ISOWeek.GetWeekOfYear(time),
            DatePart.Day => time.Day,
            DatePart.DayOfYear => time.DayOfYear,
            DatePart.Hour => time.Hour,
            _ => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0,
        };
    }

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        var position = Array.BinarySearch(Values, PartOf(row[Field], Part));
        if (position >= 0)
        {
            columns[position] = 1;
        }
    }
}
