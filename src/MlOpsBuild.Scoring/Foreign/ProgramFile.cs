namespace MlOpsBuild.Scoring.Foreign;

/// <summary>Files that may be programs.</summary>
public static class ProgramFile
{
    /// <summary>Lets the owner, and nobody else, read, write and run <paramref name="path"/>.</summary>
    public static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
