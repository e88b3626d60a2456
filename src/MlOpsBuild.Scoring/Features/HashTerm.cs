using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>One of a fixed number of columns, by a hash of the value: for columns of many values, of which new ones keep coming (Weinberger et al. 2009).</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Buckets">Number of columns.</param>
/// <param name="Categories">The texts of a category; null where the field is a free text or a number.</param>
public sealed record HashTerm(string Name, int Field, int Buckets, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Categories = null) : FeatureTerm
{
    /// <inheritdoc />
    public override int Width => Buckets;

    /// <inheritdoc />
    public override IEnumerable<string> Names => Enumerable.Range(0, Buckets).Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{Name}#{bucket}"));

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        if (!double.IsNaN(row[Field]))
        {
            var text = Categories?[(int)row[Field]] ?? row.Text(Field);
            columns[(int)((text == null ? new SplitMix64(BitConverter.DoubleToUInt64Bits(row[Field] + 0)).Next() : Hash(text)) % (ulong)Buckets)] = 1;
        }
    }

    // FNV-1a of the UTF-8 bytes, mixed once more: its low bits alone are not even.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return new SplitMix64(hash).Next();
    }
}
