using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Components.Flow;

/// <summary>The parts that act on one environment of one pipeline, put together.</summary>
internal sealed class DeliveryParts : IDisposable
{
    private const string TestPurpose = "test";
    private readonly IDisposable? _engine;

    private DeliveryParts(RunSession session, string pipeline, ServerProgram program, string environment, string folder)
    {
        Program = program;
        Folder = new EnvironmentFolder(session.Root, pipeline, folder, session.Environment);
        Rehearsals = new RehearsalLauncher(program, Folder);
        if (environment == DockerEnvironment.Name)
        {
            // What is tested stands where what serves stands, also when only that is remembered.
            var serving = new EnvironmentFolder(session.Root, pipeline, environment, session.Environment);
            var docker = new DockerEnvironment(
                pipeline, session.Store, Folder, Admin, DockerHost.Of(session.Environment, serving.Engine), new(), session.Time);
            (Environment, _engine) = (docker, docker);
        }
        else if (environment == KubernetesEnvironment.Name)
        {
            var choices = ClusterImages.Of(session, pipeline, folder == environment ? null : TestPurpose);
            var cluster = new KubernetesEnvironment(
                pipeline, session.Store, Folder, Admin, session.Cluster.Settings, choices, session.Environment, session.Time);
            (Environment, _engine) = (cluster, cluster);
        }
        else
        {
            Environment = new LocalEnvironment(pipeline, Folder, new ServerLauncher(program, Folder, session.Time), Admin, session.Time);
        }

        Settlement = new Settlement(session.Store, pipeline, Environment, session.Time);
    }

    public ServerProgram Program { get; }

    public AdminClient Admin { get; } = new();

    public EnvironmentFolder Folder { get; }

    public RehearsalLauncher Rehearsals { get; }

    public IEnvironment Environment { get; }

    public Settlement Settlement { get; }

    /// <summary>Processes and containers started so far.</summary>
    public int Started => Environment.Started + Rehearsals.Started;

    /// <summary>With the server program beside the build program, or in <paramref name="serverFolder"/>, taken into the store.</summary>
    public static async Task<DeliveryParts> OpenAsync(
        RunSession session, string pipeline, string environment, string? serverFolder, CancellationToken cancellationToken) =>
        new(
            session, pipeline,
            await ServerProgram.InstallAsync(ServerFolder(session, serverFolder), session.Store.Folder, cancellationToken), environment,
            environment);

    /// <summary>Servers that serve nobody, beside those that do: for a test of a server.</summary>
    public static async Task<DeliveryParts> ForTestAsync(
        RunSession session, string pipeline, string environment, string? serverFolder, CancellationToken cancellationToken) =>
        new(
            session, pipeline,
            await ServerProgram.InstallAsync(ServerFolder(session, serverFolder), session.Store.Folder, cancellationToken), environment,
            "contract-test");

    /// <summary>The folder of the server program: the one that was named, or the one beside the build program.</summary>
    public static string ServerFolder(RunSession session, string? named) => named ?? Path.Combine(session.ProgramFolder, "mlops-server");

    /// <summary>Without a server program: looks, and ends what runs.</summary>
    public static DeliveryParts Look(RunSession session, string pipeline, string environment) =>
        new(session, pipeline, new(default, ""), environment, environment);

    /// <summary>What serves; null, with the reason in <paramref name="problems"/>, where whoever would know does not answer.</summary>
    public async Task<Observation?> TryObserveAsync(List<Finding> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await Environment.ObserveAsync(cancellationToken);
        }
        catch (FindingsException problem)
        {
            problems.AddRange(problem.Findings);
            return null;
        }
    }

    /// <summary>Gives running servers the numbers their versions have now.</summary>
    public static async Task RenumberAsync(
        RunSession session, string pipeline, IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        foreach (var place in ServingPlaces.Of(session).Where(place => place.Pipeline == pipeline))
        {
            using var delivery = Look(session, pipeline, place.Environment);
            await delivery.Environment.RenumberAsync(numbers, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _engine?.Dispose();
        Admin.Dispose();
    }
}
