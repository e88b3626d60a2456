namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Replaces the routes if nobody has changed them since they were read.</summary>
/// <param name="Expected">Generation that was read.</param>
/// <param name="Routes">The new routes; their generation is given by the gateway.</param>
public sealed record RouteUpdate(long Expected, RouteTable Routes);
