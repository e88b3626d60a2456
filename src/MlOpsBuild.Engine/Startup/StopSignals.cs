using System.Runtime.InteropServices;

namespace MlOpsBuild.Engine.Startup;

/// <summary>Ctrl-C and SIGTERM: the first cancels the build's token, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupted = 130;
    private const int Terminated = 143;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly BuildConsole _console;

    public StopSignals(BuildConsole console)
    {
        _console = console;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Terminated));
    }

    public CancellationToken Token => _stopping.Token;

    /// <summary>The exit code that says which signal came; null when none did.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (ExitCode != null)
        {
            ChildProcesses.End();
            Environment.Exit(exitCode);
        }

        ExitCode = exitCode;
        _console.Line("Stopping … (once more ends it at once)", ConsoleTone.Warning);
        _stopping.Cancel();
    }
}
