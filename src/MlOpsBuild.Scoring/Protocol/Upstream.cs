namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A model server behind the gateway.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Port">Its port on loopback.</param>
public sealed record Upstream(int Version, int Port);
