namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What the rehearsal's client saw.</summary>
/// <param name="Sent">Requests sent.</param>
/// <param name="Answered">Requests answered, with whatever status.</param>
/// <param name="ByStatus">Answers by status.</param>
/// <param name="ByVersion">Good answers by version.</param>
public sealed record RehearsalResult(
    int Sent, int Answered, IReadOnlyDictionary<int, int> ByStatus, IReadOnlyDictionary<string, int> ByVersion);
