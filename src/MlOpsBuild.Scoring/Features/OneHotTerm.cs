using System.Globalization;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One column per value seen in training; a value never seen gives zeros.</summary>
public sealed record OneHotTerm(string Name, int Field, double[] Values) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Values.Length;

    /// <inheritdoc />
    public override IEnumerable<string> Names => Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{Name}={value}"));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<double> row, Span<double> columns)
    {
        var position = Array.BinarySearch(Values, row[Field]);
        if (position >= 0)
        {
            columns[position] = 1;
        }
    }
}
