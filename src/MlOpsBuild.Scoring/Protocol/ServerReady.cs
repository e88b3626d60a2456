namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Written by a server when it answers, and returned by its admin endpoint: who it is and where it listens.</summary>
/// <param name="Id">The random id it was given; an instance is ours only if it knows this.</param>
/// <param name="Role">Model server or gateway.</param>
/// <param name="Pid">Process id.</param>
/// <param name="Port">Port for predictions.</param>
/// <param name="AdminPort">Port for administration, always on loopback.</param>
/// <param name="Version">Model version served; 0 for a gateway.</param>
public sealed record ServerReady(string Id, string Role, int Pid, int Port, int AdminPort, int Version);
