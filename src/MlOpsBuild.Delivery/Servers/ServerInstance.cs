namespace MlOpsBuild.Delivery.Servers;

/// <summary>A server process of an environment, as its folder tells.</summary>
/// <param name="Id">The random id it was given and must return.</param>
/// <param name="Token">Its admin token.</param>
/// <param name="Pid">Process id; 0 before it was ready for the first time.</param>
/// <param name="Port">Port for predictions; likewise.</param>
/// <param name="AdminPort">Port for administration; likewise.</param>
/// <param name="Version">Model version; 0 for the gateway.</param>
/// <param name="Created">When it was first to be started.</param>
/// <param name="Folder">Its folder; its command line names it.</param>
public sealed record ServerInstance(string Id, string Token, int Pid, int Port, int AdminPort, int Version, DateTimeOffset Created, string Folder)
{
    /// <summary>What it was started with.</summary>
    public string OptionsFile => Path.Combine(Folder, "options.json");
}
