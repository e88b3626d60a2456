using System.Collections;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The comments of a host: a test may change them while a request is served, and whoever enumerates sees one moment.</summary>
internal sealed class FakeComments : IList<FakeComment>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<FakeComment> _items = [];
    private long _lastId;
    private int _ticks;

    public int Count => Locked(() => _items.Count);

    public bool IsReadOnly => false;

    public FakeComment this[int index]
    {
        get => Locked(() => _items[index]);
        set => Locked(() => _items[index] = Known(value));
    }

    public void Add(FakeComment item) => Insert(-1, item);

    public void Insert(int index, FakeComment item) => Locked(() =>
    {
        _items.Insert(index < 0 ? _items.Count : index, Known(item));
        return index;
    });

    public bool Remove(FakeComment item) => Locked(() => _items.Remove(item));

    public void RemoveAt(int index) => Remove(this[index]);

    public void Clear() => Locked(() => _items.RemoveAll(_ => true));

    public bool Contains(FakeComment item) => Locked(() => _items.Contains(item));

    public int IndexOf(FakeComment item) => Locked(() => _items.IndexOf(item));

    public void CopyTo(FakeComment[] array, int arrayIndex) => Snapshot().CopyTo(array, arrayIndex);

    public IEnumerator<FakeComment> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Edit(FakeComment item, string body) => Locked(() => (item.Body, item.UpdatedAt) = (body, Start.AddSeconds(++_ticks)));

    private List<FakeComment> Snapshot() => Locked(() => _items.ToList());

    // The id of a deleted comment does not come back: who still has it gets 404, not another's comment.
    private FakeComment Known(FakeComment item)
    {
        if (item.Id == 0)
        {
            item.Id = _lastId + 1;
        }

        _lastId = Math.Max(_lastId, item.Id);
        var now = Start.AddSeconds(++_ticks);
        item.CreatedAt = item.CreatedAt == default ? now : item.CreatedAt;
        item.UpdatedAt = item.UpdatedAt == default ? item.CreatedAt : item.UpdatedAt;
        return item;
    }

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }
}
