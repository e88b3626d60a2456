using MlOpsBuild.Components.Session;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Components.Flow;

/// <summary>The parts that act on the local environment of one pipeline, put together.</summary>
internal sealed class LocalDelivery : IDisposable
{
    private LocalDelivery(RunSession session, string pipeline, ServerProgram program, string environment = LocalEnvironment.Name)
    {
        Program = program;
        Folder = new EnvironmentFolder(session.Root, pipeline, environment, session.Environment);
        Launcher = new ServerLauncher(program, Folder, session.Time);
        Environment = new LocalEnvironment(pipeline, Folder, Launcher, Admin, session.Time);
        Settlement = new Settlement(session.Store, pipeline, Environment, Folder, session.Time);
    }

    public ServerProgram Program { get; }

    public AdminClient Admin { get; } = new();

    public EnvironmentFolder Folder { get; }

    public ServerLauncher Launcher { get; }

    public LocalEnvironment Environment { get; }

    public Settlement Settlement { get; }

    /// <summary>With the server program beside the build program, or in <paramref name="serverFolder"/>, taken into the store.</summary>
    public static async Task<LocalDelivery> OpenAsync(RunSession session, string pipeline, string? serverFolder, CancellationToken cancellationToken, string environment = LocalEnvironment.Name)
    {
        return new(session, pipeline, await ServerProgram.InstallAsync(ServerFolder(session, serverFolder), session.Store.Folder, cancellationToken), environment);
    }

    /// <summary>The folder of the server program: the one that was named, or the one beside the build program.</summary>
    public static string ServerFolder(RunSession session, string? named) => named ?? Path.Combine(session.ProgramFolder, "mlops-server");

    /// <summary>Without a server program: looks, and ends what runs.</summary>
    public static LocalDelivery Look(RunSession session, string pipeline) => new(session, pipeline, new(default, ""));

    /// <summary>Gives running servers the numbers their versions have now.</summary>
    public static async Task RenumberAsync(RunSession session, string pipeline, IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        using var delivery = Look(session, pipeline);
        await delivery.Environment.RenumberAsync(numbers, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => Admin.Dispose();
}
