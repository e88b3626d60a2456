using System.Runtime.InteropServices;

namespace MlOpsBuild.Engine.Startup;

/// <summary>
/// Hands a stale start back to the script. On Unix the process becomes the script (same pid, so signals keep their
/// address); elsewhere exit code 75 asks the script to rebuild and start again.
/// </summary>
internal static partial class Restart
{
    private const int Stale = 75;

    public static int Script(IReadOnlyDictionary<string, string> environment)
    {
        if (OperatingSystem.IsWindows()
            || !environment.TryGetValue("MLOPS_START_SCRIPT", out var script)
            || environment.ContainsKey("MLOPS_REBUILD"))
        {
            return Stale;
        }

        string?[] arguments = ["bash", script, .. Environment.GetCommandLineArgs().Skip(1), null];
        string?[] variables = [.. environment.Select(pair => $"{pair.Key}={pair.Value}"), "MLOPS_REBUILD=1", null];
        _ = Replace("/usr/bin/env", ["env", .. arguments], variables);
        return Stale;
    }

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Replace(string path, string?[] arguments, string?[] variables);
}
