using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>
/// The rows before, by key, for those that are there now to find them. It holds the share of the keys that one pass looks at.
/// </summary>
/// <param name="keys">How many of a row's first cells are its key; the others are compared.</param>
/// <param name="columns">Cells of a row.</param>
/// <param name="pass">Which share it holds.</param>
/// <param name="passes">How many shares there are.</param>
/// <param name="mostBytes">How much it may hold.</param>
internal sealed class KeyedRows(int keys, int columns, int pass, int passes, long mostBytes)
{
    private const int None = -1;
    private const int BytesOfRow = 64;
    private readonly Dictionary<UInt128, int> _first = [];
    private readonly List<long> _places = [];
    private readonly List<ulong> _cells = [];

    // Rows of one key form a chain in their order; the first one of it also knows its last row, and the next that is not found yet.
    private readonly List<int> _next = [];
    private readonly List<int> _last = [];
    private readonly List<int> _cursor = [];

    /// <summary>Rows whose key another row had before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether it holds more than it may.</summary>
    public bool IsFull => _places.Count * (BytesOfRow + (8L * (columns - keys))) > mostBytes;

    /// <summary>Takes a row of before, if this pass looks at it.</summary>
    /// <param name="row">Its cells' hashes.</param>
    /// <param name="place">Which row it is.</param>
    public void Add(ReadOnlySpan<ulong> row, long place)
    {
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(row[..keys]));
        if (!IsMine(key))
        {
            return;
        }

        var index = _places.Count;
        _places.Add(place);
        _cells.AddRange(row[keys..]);
        _next.Add(None);
        _last.Add(index);
        _cursor.Add(index);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, key, out var known);
        if (known)
        {
            _next[_last[first]] = index;
            _last[first] = index;
            Repeated++;
        }
        else
        {
            first = index;
        }
    }

    /// <summary>Finds the row of before that a row is.</summary>
    /// <param name="row">Its cells' hashes.</param>
    /// <param name="changed">Told of each cell that differs, by its place after the key.</param>
    /// <returns>Whether this pass looks at it, and which row of before it is; null where it is new.</returns>
    public (bool IsMine, long? Before) Find(ReadOnlySpan<ulong> row, List<int> changed)
    {
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(row[..keys]));
        changed.Clear();
        if (!IsMine(key))
        {
            return (false, null);
        }

        if (!_first.TryGetValue(key, out var first) || _cursor[first] is var index && index == None)
        {
            return (true, null);
        }

        _cursor[first] = _next[index];
        var before = CollectionsMarshal.AsSpan(_cells).Slice(index * (columns - keys), columns - keys);
        for (var cell = 0; cell < before.Length; cell++)
        {
            if (before[cell] != row[keys + cell])
            {
                changed.Add(cell);
            }
        }

        return (true, _places[index]);
    }

    /// <summary>The rows of before that nothing was found for, in order.</summary>
    public IEnumerable<long> Left() => _first.Values.SelectMany(LeftOf).Order();

    private IEnumerable<long> LeftOf(int first)
    {
        for (var index = _cursor[first]; index != None; index = _next[index])
        {
            yield return _places[index];
        }
    }

    private bool IsMine(UInt128 key) => passes == 1 || (int)((ulong)(key >> 64) % (ulong)passes) == pass;
}
