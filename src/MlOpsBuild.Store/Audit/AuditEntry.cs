using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Audit;

/// <summary>One line of the audit log. Its digest covers the line before, so that nothing can be changed or left out unnoticed.</summary>
/// <param name="Sequence">1, 2, 3, …</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done, for example <c>rollback</c>.</param>
/// <param name="Subject">To what, for example <c>BikeDemand/local</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Details">Numbers that belong to it.</param>
/// <param name="Previous">Digest of the line before; of the empty text for the first.</param>
/// <param name="Digest">Digest of this line without this member.</param>
public sealed record AuditEntry(
    int Sequence,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Subject,
    string Reason,
    SortedDictionary<string, string> Details,
    Digest Previous,
    Digest? Digest = null)
{
    private static readonly JsonSerializerOptions OneLine = new(CanonicalJson.Options) { WriteIndented = false };

    internal static AuditEntry? TryParse(string line) => TryParse(Encoding.UTF8.GetBytes(line));

    internal static AuditEntry? TryParse(ReadOnlySpan<byte> line) => CanonicalJson.TryDeserialize<AuditEntry>(line);

    /// <summary>Whether <paramref name="line"/> is an entry: one that ends as entries do is not read for that.</summary>
    internal static bool IsWhole(ReadOnlySpan<byte> line) =>
        (line.StartsWith("{\"sequence\":"u8) && line.EndsWith("\"}\n"u8)) || TryParse(line) != null;

    /// <summary>How <paramref name="text"/> stands in a line.</summary>
    internal static byte[] Written(string text) => JsonSerializer.SerializeToUtf8Bytes(text, OneLine);

    /// <summary>This entry behind <paramref name="last"/> in the chain.</summary>
    internal AuditEntry After(AuditEntry? last)
    {
        var linked = this with { Sequence = (last?.Sequence ?? 0) + 1, Previous = last?.Digest ?? Core.Digest.Of(""), Digest = null };
        return linked with { Digest = linked.Computed() };
    }

    /// <summary>The digest this entry should have.</summary>
    internal Digest Computed() => Core.Digest.Of(JsonSerializer.SerializeToUtf8Bytes(this with { Digest = null }, OneLine));

    /// <summary>What it says, whatever its place in the chain.</summary>
    internal string Content() =>
        JsonSerializer.Serialize(this with { Sequence = 0, Previous = Core.Digest.Of(""), Digest = null }, OneLine);

    internal string ToLine() => JsonSerializer.Serialize(this, OneLine) + "\n";
}
