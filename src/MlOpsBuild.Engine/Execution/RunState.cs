using MlOpsBuild.Engine.CI;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.Execution;

/// <summary>
/// One run of one build, beyond what it was given. It flows with the run, so that static members of a build class answer for the
/// build that asks, and two builds in one process do not see each other.
/// </summary>
internal sealed class RunState(BuildContext context)
{
    private static readonly AsyncLocal<RunState?> Ambient = new();
    private readonly AsyncLocal<RunningTarget?> _running = new();

    public static RunState Current =>
        Ambient.Value ?? throw new InvalidOperationException("No build is running: static members of NukeBuild are read inside a build.");

    public static RunState? CurrentOrNone => Ambient.Value;

    public BuildContext Context { get; } = context;

    public Host Host { get; set; } = Host.Of(context);

    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public Partition Partition { get; set; } = Partition.Single;

    public IReadOnlyList<string> Profiles { get; set; } = [];

    /// <summary>The target whose action is running in this flow.</summary>
    public RunningTarget? Running
    {
        get => _running.Value;
        set => _running.Value = value;
    }

    /// <summary>Waits, by the build's clock; a stop ends the waiting.</summary>
    public void Pause(TimeSpan time) => Task.Delay(time, Context.Time, Running?.Stopping ?? Context.Stopping).GetAwaiter().GetResult();

    /// <summary>Begins a run, or goes on with the one that has this context.</summary>
    public static RunState Of(BuildContext context)
    {
        if (Ambient.Value?.Context != context)
        {
            Ambient.Value = new(context);
        }

        return Ambient.Value!;
    }
}
