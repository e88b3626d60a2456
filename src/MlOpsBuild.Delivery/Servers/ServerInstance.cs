using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>A server process that this environment started, as remembered in the state file.</summary>
/// <param name="Id">The random id it was given and must return.</param>
/// <param name="Token">Its admin token.</param>
/// <param name="Pid">Process id.</param>
/// <param name="Port">Port for predictions.</param>
/// <param name="AdminPort">Port for administration.</param>
/// <param name="Version">Model version; 0 for the gateway.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Program">Digest of the server program it runs.</param>
/// <param name="Folder">Its working folder.</param>
public sealed record ServerInstance(string Id, string Token, int Pid, int Port, int AdminPort, int Version, DateTimeOffset Started, Digest Program, string Folder);
