using System.Globalization;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One column per pair of values of two fields.</summary>
public sealed record CrossTerm(string Name, int FirstField, double[] FirstValues, int SecondField, double[] SecondValues) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => FirstValues.Length * SecondValues.Length;

    /// <inheritdoc />
    public override IEnumerable<string> Names =>
        from first in FirstValues
        from second in SecondValues
        select string.Create(CultureInfo.InvariantCulture, $"{Name}={first}×{second}");

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        var first = Array.BinarySearch(FirstValues, row[FirstField]);
        var second = Array.BinarySearch(SecondValues, row[SecondField]);
        if (first >= 0 && second >= 0)
        {
            columns[(first * SecondValues.Length) + second] = 1;
        }
    }
}
