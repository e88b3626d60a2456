namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Counts of one arm.</summary>
/// <param name="Requests">Requests answered or failed; wrong input (4xx) is not counted.</param>
/// <param name="Labels">Labels that came for its predictions.</param>
/// <param name="Bad">Bad events by kind.</param>
public sealed record ArmCounts(int Requests, int Labels, IReadOnlyDictionary<BadEvent, int> Bad)
{
    /// <summary>No requests.</summary>
    public static ArmCounts None { get; } = new(0, 0, new Dictionary<BadEvent, int>());

    /// <summary>Bad events of <paramref name="kind"/>.</summary>
    public int Of(BadEvent kind) => Bad.GetValueOrDefault(kind);
}
