using System.Globalization;
using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>
/// One of a fixed number of columns, by a hash of the value: for columns of many values, of which new ones keep
/// coming (Weinberger et al. 2009).
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Buckets">Number of columns.</param>
/// <param name="Categories">The texts of a category; null where the field is a free text or a number.</param>
/// <param name="IsText">Whether the field is a free text.</param>
public sealed record HashTerm(
    string Name,
    int Field,
    int Buckets,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Categories = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsText = false) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Buckets;

    /// <inheritdoc />
    public override IEnumerable<string> Names =>
        Enumerable.Range(0, Buckets).Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{Name}#{bucket}"));

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        if (!double.IsNaN(row[Field]))
        {
            var text = Categories?[(int)row[Field]] ?? (IsText ? row.Text(Field) : null);
            columns[(int)((text == null ? SplitMix64.Mix(BitConverter.DoubleToUInt64Bits(row[Field] + 0)) : StableHash.Of(text))
                % (ulong)Buckets)] = 1;
        }
    }
}
