using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Core;

/// <summary>Asks another process to end, which <see cref="Process"/> cannot: it only kills.</summary>
public static partial class ProcessSignal
{
    private const int Terminate = 15;

    /// <summary>
    /// SIGTERM, so that it can put things right first; on Windows, where there is none, it and what it started are killed.
    /// </summary>
    public static void Stop(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Signal(process.Id, Terminate);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
