namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A model server behind the gateway.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Port">Its port on loopback.</param>
/// <param name="OptionsFile">What it was started with; null when somebody else starts it again.</param>
public sealed record Upstream(int Version, int Port, string? OptionsFile = null);
