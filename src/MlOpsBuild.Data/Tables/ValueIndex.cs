using System.Text;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Tables;

/// <summary>Knows the values of a column and where each was first: 10, 010 and +10 are one.</summary>
internal sealed class ValueIndex(FieldKind kind)
{
    private readonly Dictionary<double, string> _numbers = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Where a value was before; null where it is new.</summary>
    public string? FirstOf(double value, ReadOnlySpan<byte> cell) => kind == FieldKind.Text
        ? _texts.GetValueOrDefault(Encoding.UTF8.GetString(cell))
        : _numbers.GetValueOrDefault(value);

    /// <summary>Takes a value; where it was before it stays.</summary>
    public void Add(double value, ReadOnlySpan<byte> cell, string place)
    {
        if (kind == FieldKind.Text)
        {
            _texts.TryAdd(Encoding.UTF8.GetString(cell), place);
        }
        else
        {
            _numbers.TryAdd(value, place);
        }
    }
}
