using System.Text;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Tables;

/// <summary>Knows the values of a column and where each was first: 10, 010 and +10 are one.</summary>
internal sealed class ValueIndex(FieldKind kind)
{
    private readonly Dictionary<double, string> _numbers = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>False for a value that was there before, and where.</summary>
    public bool TryAdd(double value, ReadOnlySpan<byte> cell, Func<string> place, out string? first)
    {
        if (kind == FieldKind.Text)
        {
            var text = Encoding.UTF8.GetString(cell);
            return !_texts.TryGetValue(text, out first) && _texts.TryAdd(text, place());
        }

        return !_numbers.TryGetValue(value, out first) && _numbers.TryAdd(value, place());
    }
}
