using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Carries new version numbers into facts nobody else has seen yet. A version is named by number in whole-number members called
/// <c>number</c>, <c>version</c>, <c>champion</c>, <c>from</c> or <c>to</c>, and in the audit log as <c>v3</c>.
/// </summary>
internal static class Renumbering
{
    private static readonly string[] Members = ["number", "version", "champion", "from", "to"];

    public static byte[] Apply(byte[] fact, string pipeline, IReadOnlyDictionary<int, int> numbers, bool always)
    {
        var node = JsonNode.Parse(CanonicalJson.WithoutMark(fact)) as JsonObject;
        if (node == null || (!always && (string?)node["pipeline"] != pipeline))
        {
            return fact;
        }

        var changed = false;
        foreach (var member in Members)
        {
            if (node[member] is JsonValue value && value.TryGetValue<int>(out var number) && numbers.TryGetValue(number, out var now))
            {
                node[member] = now;
                changed = true;
            }
        }

        return changed ? CanonicalJson.Serialize(node) : fact;
    }

    public static AuditEntry Apply(AuditEntry entry, IReadOnlyList<Renumbered> renumbered)
    {
        var mine = renumbered.Where(change => entry.Subject.StartsWith(change.Pipeline + "/", StringComparison.Ordinal))
            .ToDictionary(change => Name(change.From), change => Name(change.To));
        return mine.Count == 0 ? entry : entry with
        {
            Details = new(
                entry.Details.ToDictionary(pair => pair.Key, pair => mine.GetValueOrDefault(pair.Value, pair.Value)),
                StringComparer.Ordinal),
        };
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");
}
