using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Where the versions of one pipeline serve: a gateway, and model servers behind it. It acts; whoever calls it decides.</summary>
public interface IEnvironment
{
    /// <summary>The environment's name.</summary>
    string Name { get; }

    /// <summary>Gateways and model servers started so far.</summary>
    int Started { get; }

    /// <summary>What serves now.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <param name="patience">How long a model server may take to answer; a rollback cannot wait for one that hangs.</param>
    Task<Observation> ObserveAsync(CancellationToken cancellationToken, TimeSpan? patience = null);

    /// <summary>Model servers, oldest first, dead ones among them; they are not asked.</summary>
    Task<IReadOnlyList<ServerInstance>> ServersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The routes that the gateway kept last, whether it lives or not; null where there are none, or they cannot be read.
    /// </summary>
    Task<RouteTable?> KeptRoutesAsync(CancellationToken cancellationToken);

    /// <summary>Starts a server for <paramref name="version"/>; it gets no requests yet.</summary>
    /// <exception cref="FindingsException">It does not start; nothing of it is left.</exception>
    Task<ServerInstance> StartAsync(int version, ServedModel model, FaultOptions? fault, CancellationToken cancellationToken);

    /// <summary>Changes the routes of the gateway, which is started when it does not run.</summary>
    /// <param name="expected">Generation from which the change is made, or not at all; null makes it from whatever is in force.</param>
    /// <param name="change">The routes in force → the new ones.</param>
    /// <param name="port">The gateway's port; 0 keeps the one in use or takes a free one.</param>
    /// <param name="seed">Seed of a gateway that is started.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns>The routes now in force; null when somebody else changed them first.</returns>
    /// <exception cref="StageFailedException">The gateway does not take them.</exception>
    Task<RouteTable?> ChangeAsync(
        long? expected, Func<RouteTable, RouteTable> change, int port, long seed, CancellationToken cancellationToken);

    /// <summary>
    /// Lets what stands before the gateway split callers as <paramref name="routes"/> say, and returns when it does; false where nothing
    /// does.
    /// </summary>
    /// <exception cref="StageFailedException">It does not, in time.</exception>
    Task<bool> SplitAsync(RouteTable routes, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>
    /// Brings a gateway that runs what is kept of feature views on this machine, where it does not share files and variables with it.
    /// </summary>
    /// <exception cref="FindingsException">The gateway does not take it.</exception>
    Task SendViewsAsync(IReadOnlyList<JoinedView> views, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What the gateway finds of a feature view that is kept in files; null for nothing.</summary>
    /// <param name="view">The view's name.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="FindingsException">The gateway does not say, or the files are damaged.</exception>
    Task<OnlineState?> ViewStateAsync(string view, CancellationToken cancellationToken);

    /// <summary>
    /// Gives servers and routes the numbers their versions have now; a version registered without the team's remote may get another one.
    /// </summary>
    Task RenumberAsync(IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken);

    /// <summary>
    /// Ports of this machine's loopback that lead to each of a server's replicas; where it has none beside itself, its own.
    /// </summary>
    Task<IReadOnlyList<int>> PortsAsync(ServerInstance server, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<int>>([server.Port]);

    /// <summary>The last lines of a server's log, the oldest first.</summary>
    Task<IReadOnlyList<string>> LogAsync(ServerInstance server, CancellationToken cancellationToken);

    /// <summary>Most memory that a server held so far, in bytes; null where nobody counts it, or it is gone.</summary>
    Task<long?> MemoryAsync(ServerInstance server, CancellationToken cancellationToken);

    /// <summary>
    /// A folder of this machine with the gateway's log of predictions (<see cref="PredictionLogPlace"/>), as it is now; it may not exist.
    /// </summary>
    Task<string> PredictionsAsync(CancellationToken cancellationToken);

    /// <summary>Ends one server and takes away what it left; one that is gone already is no error.</summary>
    Task StopAsync(ServerInstance server, CancellationToken cancellationToken);

    /// <summary>Ends everything; how many gateways and servers were ended.</summary>
    Task<int> StopAllAsync(CancellationToken cancellationToken);
}
