using System.Globalization;
using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One column per bin of a number: up to the first edge, above it up to the second, …, above the last.</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Edges">Upper ends of all bins but the last, ascending; each belongs to the bin below it.</param>
/// <param name="Missing">Whether missing values have a last column; else they give zeros.</param>
public sealed record BinTerm(
    string Name,
    int Field,
    double[] Edges,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Missing = false) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Edges.Length + 1 + (Missing ? 1 : 0);

    /// <inheritdoc />
    public override IEnumerable<string> Names =>
    [
        .. Edges.Select(edge => string.Create(CultureInfo.InvariantCulture, $"{Name}≤{edge}")),
        string.Create(CultureInfo.InvariantCulture, $"{Name}>{Edges[^1]}"),
        .. Missing ? [$"{Name} missing"] : Array.Empty<string>(),
    ];

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        var value = row[Field];
        if (!double.IsNaN(value))
        {
            var position = Array.BinarySearch(Edges, value);
            columns[position >= 0 ? position : ~position] = 1;
        }
        else if (Missing)
        {
            columns[^1] = 1;
        }
    }
}
