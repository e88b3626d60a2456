using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>What the local environment remembers of its processes; whether they live is always asked of them.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Servers">Model servers, oldest first.</param>
public sealed record LocalState(ServerInstance? Gateway, IReadOnlyList<ServerInstance> Servers)
{
    /// <summary>Nothing runs.</summary>
    public static LocalState Empty { get; } = new(null, []);
}
