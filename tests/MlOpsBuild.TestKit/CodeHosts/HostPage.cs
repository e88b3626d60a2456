using System.Globalization;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>A page of a list, as both hosts cut it: numbered from 1, of at most 100 items.</summary>
internal sealed class HostPage<T>
{
    private const int MostItems = 100;

    public HostPage(IReadOnlyList<T> all, IReadOnlyDictionary<string, string> query, int defaultSize)
    {
        Number = Positive(query, "page", 1);
        Size = Math.Min(Positive(query, "per_page", defaultSize), MostItems);
        Total = all.Count;
        Last = Math.Max(1, (Total + Size - 1) / Size);
        Items = [.. all.Skip((int)Math.Min((Number - 1L) * Size, int.MaxValue)).Take(Size)];
    }

    public IReadOnlyList<T> Items { get; }

    public int Number { get; }

    public int Size { get; }

    public int Total { get; }

    public int Last { get; }

    /// <summary>The <c>Link</c> header's value, empty when all is on one page.</summary>
    public string Links(Uri list)
    {
        var links = new List<string>();
        if (Number > 1)
        {
            links.Add(Link(list, Math.Min(Number - 1, Last), "prev"));
        }

        if (Number < Last)
        {
            links.Add(Link(list, Number + 1, "next"));
            links.Add(Link(list, Last, "last"));
        }

        if (Number > 1)
        {
            links.Add(Link(list, 1, "first"));
        }

        return string.Join(", ", links);
    }

    private string Link(Uri list, int page, string relation) => $"<{list}?per_page={Size}&page={page}>; rel=\"{relation}\"";

    private static int Positive(IReadOnlyDictionary<string, string> query, string name, int otherwise) =>
        int.TryParse(query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : otherwise;
}
