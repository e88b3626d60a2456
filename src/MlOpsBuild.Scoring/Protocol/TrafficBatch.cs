namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a gateway saw since it was last asked.</summary>
/// <param name="Generation">Generation of the routes in force.</param>
/// <param name="Next">Where the next batch begins.</param>
/// <param name="Lost">Observations that nobody fetched in time; they say nothing any more.</param>
/// <param name="Requests">Requests, in the order in which they were complete.</param>
/// <param name="Labels">Labels, likewise.</param>
public sealed record TrafficBatch(
    long Generation, long Next, long Lost, IReadOnlyList<TrafficObservation> Requests, IReadOnlyList<LabelObservation> Labels);
