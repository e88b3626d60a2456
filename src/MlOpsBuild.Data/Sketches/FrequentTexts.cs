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

    /// <summary>
    /// Bytes that are kept of a text. Two longer ones that begin alike and agree in length and hash are taken for the same.
    /// </summary>
    public const int MostBytes = 64;

    private const int Sampled = 1024;
    private const ulong Tag = 0xFFFF_FFFF_0000_0000;
    private ulong[] _slots = new ulong[128];
    private FrequentText[] _texts = new FrequentText[64];
    private long[] _counts = new long[64];
    private byte[] _bytes = new byte[1024];
    private int _used;
    private int _most = most;

    /// <summary>Texts that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>By how much a count can be too small; 0 as long as all are exact.</summary>
    public long Undercount { get; private set; }

    /// <summary>Whether there is no room for another one.</summary>
    public bool IsFull => Count == _most;

    /// <summary>A text that is kept.</summary>
    public ref readonly FrequentText this[int index] => ref _texts[index];

    /// <summary>How often it was seen.</summary>
    public ref long CountOf(int index) => ref _counts[index];

    /// <summary>Where a text is kept; −1 where it is not.</summary>
    public int Find(ReadOnlySpan<byte> text, ulong hash) => Find(text.Length <= MostBytes ? text : text[..MostBytes], text.Length, hash);

    /// <summary>Where a text that another sketch keeps is kept here; −1 where it is not.</summary>
    public int Find(in FrequentText text, ReadOnlySpan<byte> bytes) => Find(bytes, text.Length, text.Hash);

    /// <summary>Keeps a text that is not kept yet; there has to be room for it.</summary>
    /// <returns>Where it is kept.</returns>
    public int Add(ReadOnlySpan<byte> text, FrequentText kept, long count)
    {
        var bytes = text.Length <= MostBytes ? text : text[..MostBytes];
        if (_used + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_used));
        Put(kept with { Start = _used }, count);
        _used += bytes.Length;
        return Count - 1;
    }

    /// <summary>The first bytes of a text that is kept.</summary>
    public ReadOnlySpan<byte> BytesOf(in FrequentText kept) => _bytes.AsSpan(kept.Start, Math.Min(kept.Length, MostBytes));

    /// <summary>Forgets about half of the texts, the rarest, and takes the count of the commonest of them from all others.</summary>
    public void Purge()
    {
        // Every so many: a sample that needs no chance.
        var step = Math.Max(1, Count / Sampled);
        var counts = new List<long>(Sampled);
        for (var i = 0; i < Count; i += step)
        {
            counts.Add(_counts[i]);
        }

        counts.Sort();
        var taken = counts[counts.Count / 2];
        var before = Count;
        (Count, _used) = (0, 0);
        Array.Clear(_slots);
        for (var i = 0; i < before; i++)
        {
            if (_counts[i] > taken)
            {
                // What stays moves towards the beginning.
                var kept = BytesOf(_texts[i]);
                kept.CopyTo(_bytes.AsSpan(_used));
                Put(_texts[i] with { Start = _used }, _counts[i] - taken);
                _used += kept.Length;
            }
        }

        Undercount += taken;
        Shrink(before);
    }

    /// <summary>Takes over that another sketch's counts can be too small.</summary>
    public void MergeUndercount(FrequentTexts other) => Undercount += other.Undercount;

    private int Find(ReadOnlySpan<byte> bytes, int length, ulong hash)
    {
        // Half of the hash stands beside the place: a text that is not here is known not to be without looking at others.
        var (slots, mask) = (_slots, _slots.Length - 1);
        for (var slot = (int)hash & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (((slots[slot] ^ hash) & Tag) == 0)
            {
                var at = (int)slots[slot] - 1;
                ref readonly var kept = ref _texts[at];
                if (kept.Hash == hash && kept.Length == length && BytesOf(kept).SequenceEqual(bytes))
                {
                    return at;
                }
            }
        }

        return -1;
    }

    // Where hardly a text stays, hardly one is frequent: a smaller table finds those as well, and is faster.
    private void Shrink(int before)
    {
        if (Count * FewStay < before && _most > FewestTexts)
        {
            _most /= 2;
            (_texts, _counts) = (_texts[.._most], _counts[.._most]);
            PlaceAgain(2 * _most);
        }
    }

    private void Put(FrequentText text, long count)
    {
        if (Count == _texts.Length)
        {
            Array.Resize(ref _texts, Math.Min(_most, 2 * Count));
            Array.Resize(ref _counts, _texts.Length);
        }

        if (2 * (Count + 1) > _slots.Length)
        {
            PlaceAgain(2 * _slots.Length);
        }

        (_texts[Count], _counts[Count]) = (text, count);
        Place(text.Hash, Count++);
    }

    private void PlaceAgain(int slots)
    {
        _slots = new ulong[slots];
        for (var i = 0; i < Count; i++)
        {
            Place(_texts[i].Hash, i);
        }
    }

    private void Place(ulong hash, int index)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = (hash & Tag) | (uint)(index + 1);
    }
}
