using MlOpsBuild.Components.Session;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Components.Flow;

/// <summary>The parts that act on the local environment of one pipeline, put together.</summary>
internal sealed class LocalDelivery : IDisposable
{
    private LocalDelivery(RunSession session, string pipeline, ServerProgram program)
    {
        Program = program;
        File = new LocalStateFile(session.Root, pipeline, LocalEnvironment.Name, session.Environment);
        Launcher = new ServerLauncher(program, File.Folder, session.Time);
        Stopper = new ServerStopper(Admin, session.Time);
        Environment = new LocalEnvironment(pipeline, File, Launcher, Admin, session.Time);
    }

    public ServerProgram Program { get; }

    public AdminClient Admin { get; } = new();

    public LocalStateFile File { get; }

    public ServerLauncher Launcher { get; }

    public ServerStopper Stopper { get; }

    public LocalEnvironment Environment { get; }

    /// <summary>With the server program beside the build program, or in <paramref name="serverFolder"/>, taken into the store.</summary>
    public static async Task<LocalDelivery> OpenAsync(RunSession session, string pipeline, string? serverFolder, CancellationToken cancellationToken)
    {
        var folder = serverFolder ?? Path.Combine(session.ProgramFolder, "mlops-server");
        return new(session, pipeline, await ServerProgram.InstallAsync(folder, session.Store.Folder, cancellationToken));
    }

    /// <summary>Gives running servers the numbers their versions have now.</summary>
    public static async Task RenumberAsync(RunSession session, string pipeline, IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        using var delivery = new LocalDelivery(session, pipeline, new(default, ""));
        await delivery.Environment.RenumberAsync(numbers, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => Admin.Dispose();
}
