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
    Digest? Digest = null);
