using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Tables;

/// <summary>Keeps the first findings of each kind in full and counts the rest, so that a bad column does not bury the others.</summary>
internal sealed class FindingCollector
{
    private const int ShownPerKind = 5;
    private readonly Dictionary<(string What, string Column), int> _counts = [];
    private readonly List<Finding> _shown = [];

    public bool Any => _shown.Count > 0;

    public void Add(string? column, Finding finding)
    {
        var kind = (finding.What, column ?? "");
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (_counts[kind] <= ShownPerKind)
        {
            _shown.Add(finding);
        }
    }

    public void Add(FindingCollector other)
    {
        foreach (var (kind, count) in other._counts)
        {
            var room = Math.Max(0, ShownPerKind - _counts.GetValueOrDefault(kind));
            _shown.AddRange(other._shown.Where(finding => finding.What == kind.What).Take(room));
            _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        }
    }

    public IReadOnlyList<Finding> ToList() =>
    [
        .. _shown,
        .. _counts.Where(count => count.Value > ShownPerKind).Select(count => new Finding(
            "MLB1067", string.Create(CultureInfo.InvariantCulture, $"{count.Key.What}: {count.Value - ShownPerKind} more"),
            count.Key.Column.Length > 0 ? $"column {count.Key.Column}" : null)),
    ];
}
