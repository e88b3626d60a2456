using System.Globalization;
using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One column per value seen in training; a value never seen gives zeros, or is one of the rare ones.</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Values">Values with a column of their own, ascending.</param>
/// <param name="Rare">Whether all others share a last column.</param>
public sealed record OneHotTerm(
    string Name,
    int Field,
    double[] Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Rare = false) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Values.Length + (Rare ? 1 : 0);

    /// <inheritdoc />
    public override IEnumerable<string> Names =>
    [
        .. Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{Name}={value}")),
        .. Rare ? [$"{Name} rare"] : Array.Empty<string>()
    ];

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        var position = Array.BinarySearch(Values, row[Field]);
        if (position >= 0)
        {
            columns[position] = 1;
        }
        else if (Rare)
        {
            columns[^1] = 1;
        }
    }
}
