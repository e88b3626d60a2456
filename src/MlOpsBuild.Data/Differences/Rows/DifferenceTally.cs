namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>Counts rows that differ, and remembers the places of the first ones.</summary>
/// <param name="compared">Columns that are compared.</param>
/// <param name="most">Places remembered of each kind.</param>
internal sealed class DifferenceTally(int compared, int most)
{
    private readonly List<long> _added = [];
    private readonly List<long> _removed = [];
    private readonly List<(long Before, long Now)> _changed = [];

    public long Added { get; private set; }

    public long Removed { get; private set; }

    public long Changed { get; private set; }

    public long Repeated { get; set; }

    public long[] ChangedCells { get; } = new long[compared];

    // Each pass sees rows of other keys in order; the first ones of all passes are the first ones of the file.
    public IReadOnlyList<long> FirstAdded => [.. _added.Order().Take(most)];

    public IReadOnlyList<long> FirstRemoved => [.. _removed.Order().Take(most)];

    public IReadOnlyList<(long Before, long Now)> FirstChanged => [.. _changed.OrderBy(row => row.Now).Take(most)];

    private readonly Counter _addedOfPass = new();
    private readonly Counter _changedOfPass = new();

    /// <summary>Counts a row of now.</summary>
    /// <param name="before">The row of before that it is; null where it is new.</param>
    /// <param name="now">Its own place.</param>
    /// <param name="changed">Its changed cells.</param>
    public void Count(long? before, long now, List<int> changed)
    {
        if (before is not { } place)
        {
            Added++;
            if (_addedOfPass.Next() <= most)
            {
                _added.Add(now);
            }

            return;
        }

        if (changed.Count > 0)
        {
            Changed++;
            changed.ForEach(cell => ChangedCells[cell]++);
            if (_changedOfPass.Next() <= most)
            {
                _changed.Add((place, now));
            }
        }
    }

    /// <summary>Counts rows of before that are gone, and ends a pass.</summary>
    public void Remove(IEnumerable<long> places)
    {
        foreach (var (index, place) in places.Index())
        {
            Removed++;
            if (index < most)
            {
                _removed.Add(place);
            }
        }

        _addedOfPass.Begin();
        _changedOfPass.Begin();
    }

    private sealed class Counter
    {
        private int _count;

        public int Next() => _count == int.MaxValue ? _count : ++_count;

        public void Begin() => _count = 0;
    }
}
