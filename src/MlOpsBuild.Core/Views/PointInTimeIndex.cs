namespace MlOpsBuild.Core.Views;

/// <summary>
/// Finds, for a key and a moment, the latest value that was true and known by then. Built in O(n log n): of each key only those values
/// are kept that are the latest from some moment on, in the order in which they became so; a search is O(log n).
/// </summary>
public sealed class PointInTimeIndex
{
    private readonly Dictionary<string, (int First, int Count)> _keys = new(StringComparer.Ordinal);
    private readonly List<long> _from = [];
    private readonly List<int> _rows = [];
    private readonly IReadOnlyList<ValueTime> _times;

    private PointInTimeIndex(IReadOnlyList<ValueTime> times) => _times = times;

    /// <summary>The keys, in ordinal order.</summary>
    public IEnumerable<string> Keys => _keys.Keys.Order(StringComparer.Ordinal);

    /// <summary>The last moment at which anything became known; null where there is no value.</summary>
    public long? Horizon { get; private init; }

    /// <summary>An index of rows.</summary>
    /// <param name="keys">The key of each row.</param>
    /// <param name="times">When each row was true and known, in the same order: of two alike the later one counts.</param>
    public static PointInTimeIndex Of(IReadOnlyList<string> keys, IReadOnlyList<ValueTime> times)
    {
        var index = new PointInTimeIndex(times)
        {
            Horizon = times.Count == 0 ? null : times.Max(time => time.Available)
        };
        int[] order = [.. Enumerable.Range(0, keys.Count)];
        Array.Sort(order, (left, right) =>
            string.CompareOrdinal(keys[left], keys[right]) is not 0 and var byKey ? byKey
                : times[left].Available.CompareTo(times[right].Available) is not 0 and var byMoment ? byMoment
                : left.CompareTo(right));
        for (var (start, end) = (0, 0); start < order.Length; start = end)
        {
            var key = keys[order[start]];
            while (end < order.Length && keys[order[end]] == key)
            {
                end++;
            }

            index.Add(key, order.AsSpan(start, end - start));
        }

        return index;
    }

    /// <summary>The row of the value; null where none was true and known by then.</summary>
    /// <param name="key">The key.</param>
    /// <param name="moment">Ticks of universal time.</param>
    public int? Latest(string key, long moment)
    {
        if (!_keys.TryGetValue(key, out var known))
        {
            return null;
        }

        var (low, high) = (known.First, known.First + known.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _from[middle] <= moment ? (middle + 1, high) : (low, middle);
        }

        return low == known.First ? null : _rows[low - 1];
    }

    /// <summary>When the row's value was true and known.</summary>
    public ValueTime TimeOf(int row) => _times[row];

    // A row that becomes known after a later one never counts. Rows known at one moment come in their order, so that the last of two
    // that are alike stays.
    private void Add(string key, ReadOnlySpan<int> rows)
    {
        var first = _rows.Count;
        var best = -1;
        foreach (var row in rows)
        {
            if (best < 0 || Counts(row, best))
            {
                best = row;
                _from.Add(_times[row].Available);
                _rows.Add(row);
            }
        }

        _keys[key] = (first, _rows.Count - first);
    }

    private bool Counts(int row, int before) =>
        _times[row] == _times[before] ? row > before : _times[row].Supersedes(_times[before]);
}
