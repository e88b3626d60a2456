using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>Sine and cosine of 2πx / period: the end of a cycle is beside its beginning. A missing value gives zeros.</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Period">Length of the cycle, above zero.</param>
/// <param name="Part">The part of a date; null where the field is a number.</param>
public sealed record CyclicTerm(
    string Name,
    int Field,
    double Period,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DatePart? Part = null) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => 2;

    /// <inheritdoc />
    public override IEnumerable<string> Names =>
        Part == null ? [$"sin {Name}", $"cos {Name}"] : [$"sin {Name}.{Part}", $"cos {Name}.{Part}"];

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        var value = Part is { } part ? DatePartTerm.PartOf(row[Field], part) : row[Field];
        if (!double.IsNaN(value))
        {
            (columns[0], columns[1]) = Math.SinCos(2 * Math.PI * value / Period);
        }
    }
}
