namespace MlOpsBuild.TestKit;

/// <summary>Finds programs as a shell does.</summary>
public static class ProgramOnPath
{
    /// <summary>Where <paramref name="program"/> is, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
