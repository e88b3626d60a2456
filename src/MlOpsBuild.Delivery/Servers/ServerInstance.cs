using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>A gateway or a model server of an environment.</summary>
/// <param name="Id">The random id it was given and must return.</param>
/// <param name="Token">Its admin token; empty for one that nobody administers.</param>
/// <param name="Pid">Process id; 0 before it was ready for the first time, and for one that no process of this machine is known by.</param>
/// <param name="Port">Port for predictions on this machine's loopback; likewise.</param>
/// <param name="AdminPort">Port for administration; likewise.</param>
/// <param name="Version">Model version; 0 for the gateway.</param>
/// <param name="Created">When it was first to be started.</param>
/// <param name="Folder">Its folder, which its command line names; empty for a container.</param>
public sealed record ServerInstance(
    string Id, string Token, int Pid, int Port, int AdminPort, int Version, DateTimeOffset Created, string Folder)
{
    internal const int LogLines = 40;

    /// <summary>What it was started with.</summary>
    public string OptionsFile => Path.Combine(Folder, "options.json");

    /// <summary>The id of the container it runs in.</summary>
    /// <value>null: it is a process of this machine.</value>
    public string? Container { get; init; }

    /// <summary>The name by which its gateway finds it.</summary>
    /// <value>null: this machine's loopback.</value>
    public string? Host { get; init; }

    /// <summary>As its gateway finds it.</summary>
    public Upstream Upstream =>
        Host == null ? new(Version, Port, OptionsFile) : new(Version, ContainedModelOptions.UsualPort) { Host = Host };

    internal string LogFile => Path.Combine(Folder, "server.log");

    /// <summary>Whether requests for <paramref name="upstream"/> come here.</summary>
    public bool Is(Upstream? upstream) => upstream != null && (Port != 0 || Host != null) && upstream.Address == Upstream.Address;

    /// <summary>Whether one of <paramref name="upstreams"/> is this one.</summary>
    public bool IsAmong(IEnumerable<Upstream> upstreams) => upstreams.Any(Is);
}
