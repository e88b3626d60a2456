using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Components;

/// <summary>
/// NUKE runs assured targets beside the interrupted one and knows no SIGTERM: the first signal asks the build to stop, the second ends it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "One for the whole process, as the signals are.")]
internal sealed class StopSignals
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _code;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM; null when nobody stopped the build.</summary>
    public int? ExitCode => _code == 0 ? null : _code;

    private void Stop(PosixSignalContext context)
    {
        if (Interlocked.CompareExchange(ref _code, context.Signal == PosixSignal.SIGINT ? 130 : 143, 0) != 0)
        {
            _registrations.ForEach(registration => registration.Dispose());
            Environment.Exit(_code);
        }

        context.Cancel = true;
        _stopping.Cancel();
    }
}
