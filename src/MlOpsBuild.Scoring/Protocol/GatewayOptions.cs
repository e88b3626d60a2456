namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a gateway does.</summary>
/// <param name="Files">Identity, secrets, files.</param>
/// <param name="Pipeline">Name in metrics.</param>
/// <param name="Port">Port for predictions; 0 takes a free one.</param>
/// <param name="Seed">Seed of the assignment of requests to arms.</param>
/// <param name="Routes">Where requests go at first.</param>
public sealed record GatewayOptions(ServerFiles Files, string Pipeline, int Port, long Seed, RouteTable Routes);
