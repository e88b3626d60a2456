using System.Runtime.CompilerServices;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// How often each text of a column occurs, in bounded memory: exact as long as there is room for all different ones; then the rare
/// ones are forgotten, and every count can be too small by <see cref="Undercount"/> (Misra and Gries 1982, with the purge of
/// Anderson et al. 2017, "A high-performance algorithm for identifying frequent items in data streams").
/// What was read from a text stands beside it, so that a text that comes again is not parsed again.
/// </summary>
internal sealed class FrequentTexts(int most)
{
    private const int FewestTexts = 1024;
    private const int FewStay = 16;

    /// <summary>Bytes that are kept of a text, to be shown.</summary>
    public const int MostBytes = 64;

    private const int Sampled = 256;
    private const int SlotsPerText = 8;
    private ushort[] _slots = new ushort[64 * SlotsPerText];
    private FrequentText[] _texts = new FrequentText[64];
    private long[] _counts = new long[64];
    private int[] _starts = new int[64];
    private byte[] _bytes = new byte[1024];
    private int _used;
    private int _most = most;
    private long _taken;
    private RareTexts? _rare;

    /// <summary>Texts that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>By how much a count can be too small; 0 as long as all are exact.</summary>
    public long Undercount => _taken + (_rare?.Most ?? 0);

    /// <summary>Whether there is no room for another one.</summary>
    public bool IsFull => Count == _most;

    /// <summary>A text that is kept.</summary>
    public ref readonly FrequentText this[int index] => ref _texts[index];

    /// <summary>How often it was seen.</summary>
    public ref long CountOf(int index) => ref _counts[index];

    /// <summary>Counts a text that is kept.</summary>
    public ref readonly FrequentText Again(int index)
    {
        _counts[index]++;
        return ref _texts[index];
    }

    /// <summary>Counts texts that follow one another, as long as they are kept, of one kind and break no promise.</summary>
    /// <param name="keys">What they are known by.</param>
    /// <param name="from">The first one.</param>
    /// <param name="until">The one behind the last.</param>
    /// <param name="kind">Their kind.</param>
    /// <param name="values">Where their numbers go; the first one's is not at 0 but at <paramref name="from"/>.</param>
    /// <returns>The first one that is not counted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int CountRun(KeyBlock keys, int from, int until, CellKind kind, Span<double> values)
    {
        var lows = keys.Lows[..until];
        var highs = keys.Highs[..until];
        var lengths = keys.Lengths[..until];
        var hashes = keys.Hashes[..until];
        var (slots, texts, counts, mask) = (_slots, _texts, _counts, _slots.Length - 1);
        var form = FrequentText.FormOf(kind);
        values = values[..until];
        var i = from;
        for (; i < values.Length; i++)
        {
            var slot = (int)hashes[i] & mask;
            int place;
            while ((place = slots[slot]) != 0 && ((texts[place - 1].Low ^ lows[i]) | (texts[place - 1].High ^ highs[i])) != 0)
            {
                slot = (slot + 1) & mask;
            }

            if (place == 0 || texts[place - 1].Form != (form | lengths[i]))
            {
                break;
            }

            counts[place - 1]++;
            values[i] = texts[place - 1].Value;
        }

        return i;
    }

    /// <summary>Where a text is kept; −1 where it is not.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="hash">The key's hash.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(in TextKey key, ulong hash)
    {
        var (slots, mask) = (_slots, _slots.Length - 1);
        for (var slot = (int)hash & mask; slots[slot] is > 0 and var place; slot = (slot + 1) & mask)
        {
            ref readonly var text = ref _texts[place - 1];
            if (text.Low == key.Low && text.High == key.High && text.Length == key.Length)
            {
                return place - 1;
            }
        }

        return -1;
    }

    /// <summary>What tells texts that are not kept, once hardly one is frequent; null until then.</summary>
    public RareTexts? Rare => _rare;

    /// <summary>Whether a text that is not kept shall be: all, until it was seen that hardly one is frequent.</summary>
    public bool Admits(ulong hash) => _rare?.Admits(hash) != false;

    /// <summary>Keeps a text that is not kept yet; there has to be room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> text, in FrequentText kept, long count)
    {
        var bytes = text.Length <= MostBytes ? text : text[..MostBytes];
        if (_used + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_used));
        Put(kept, _used, count);
        _used += bytes.Length;
    }

    /// <summary>The first bytes of a text that is kept.</summary>
    public ReadOnlySpan<byte> BytesOf(int index) => _bytes.AsSpan(_starts[index], Math.Min(_texts[index].Length, MostBytes));

    /// <summary>
    /// Forgets about half of the texts, the rarest, and takes the count of the commonest of them from all others. Where those that stay
    /// are few, or not most of what was seen, hardly a text is frequent: a small table finds those as well, and is faster.
    /// </summary>
    public void Purge()
    {
        var (before, seen) = (Count, Seen());
        ForgetRarest();
        if (Count * FewStay >= before && 2 * Seen() >= seen)
        {
            return;
        }

        while (Count > FewestTexts / 2)
        {
            ForgetRarest();
        }

        if (_most > FewestTexts)
        {
            _most = FewestTexts;
            (_texts, _counts, _starts) = (_texts[.._most], _counts[.._most], _starts[.._most]);
            PlaceAgain(SlotsPerText * _most);
        }

        _rare ??= BeginRare();
    }

    /// <summary>Takes over that another sketch's counts can be too small.</summary>
    public void MergeUndercount(FrequentTexts other)
    {
        _taken += other._taken;
        if (other._rare != null)
        {
            (_rare ??= BeginRare()).Merge(other._rare);
        }
    }

    private long Seen()
    {
        var seen = 0L;
        foreach (var count in _counts.AsSpan(0, Count))
        {
            seen += count;
        }

        return seen;
    }

    private void ForgetRarest()
    {
        // Every so many: a sample that needs no chance.
        var step = Math.Max(1, Count / Sampled);
        Span<long> counts = stackalloc long[Sampled];
        var sampled = 0;
        for (; sampled < Sampled && sampled * step < Count; sampled++)
        {
            counts[sampled] = _counts[sampled * step];
        }

        counts[..sampled].Sort();
        var taken = counts[sampled / 2];
        var before = Count;
        (Count, _used) = (0, 0);
        Array.Clear(_slots);
        _rare?.HoldNone();
        for (var i = 0; i < before; i++)
        {
            if (_counts[i] > taken)
            {
                // What stays moves towards the beginning.
                var kept = BytesOf(i);
                kept.CopyTo(_bytes.AsSpan(_used));
                Put(_texts[i], _used, _counts[i] - taken);
                _used += kept.Length;
            }
        }

        _taken += taken;
    }

    // Those that are kept from now on it is told one by one.
    private RareTexts BeginRare()
    {
        var rare = new RareTexts();
        for (var i = 0; i < Count; i++)
        {
            rare.Hold(_texts[i].Key.Hash);
        }

        return rare;
    }

    private void Put(in FrequentText text, int start, long count)
    {
        if (Count == _texts.Length)
        {
            Array.Resize(ref _texts, Math.Min(_most, 4 * Count));
            Array.Resize(ref _counts, _texts.Length);
            Array.Resize(ref _starts, _texts.Length);
        }

        if (SlotsPerText * (Count + 1) > _slots.Length)
        {
            PlaceAgain(4 * _slots.Length);
        }

        (_texts[Count], _starts[Count], _counts[Count]) = (text, start, count);
        var hash = text.Key.Hash;
        _rare?.Hold(hash);
        TakeSlot(hash, Count++);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlaceAgain(int slots)
    {
        _slots = new ushort[slots];
        for (var i = 0; i < Count; i++)
        {
            TakeSlot(_texts[i].Key.Hash, i);
        }
    }

    private void TakeSlot(ulong hash, int index)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = (ushort)(index + 1);
    }
}
