using System.Runtime.InteropServices;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>
/// Leaves the terminal and the pipes of whoever started this process: own session (so that Ctrl-C there does not reach here),
/// standard streams on /dev/null (so that a reader there sees the end), own working folder. Windows starts servers detached.
/// </summary>
internal static partial class Session
{
    private const int ReadWrite = 2;

    public static void Detach(string folder)
    {
        Directory.SetCurrentDirectory(folder);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _ = NewSession();
        var nothing = Open("/dev/null", ReadWrite);
        for (var stream = 0; stream <= 2 && nothing >= 0; stream++)
        {
            _ = Duplicate(nothing, stream);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int from, int to);
}
