namespace MlOpsBuild.TestKit;

/// <summary>Finds real data, which this repository does not carry.</summary>
public static class RealData
{
    internal const string Variable = "MLOPS_SHARED_DATA";

    /// <summary>The UCI bike-sharing file <c>hour.csv</c>, or null where it is absent.</summary>
    public static string? HourFile { get; } = Find("bike-sharing/hour.csv");

    /// <summary>Why tests on <see cref="HourFile"/> cannot run.</summary>
    public static string Missing => $"bike-sharing/hour.csv is neither in ../shared/data beside the repository nor in ${Variable}";

    public static string? Find(string relative)
    {
        var folders = new[] { Environment.GetEnvironmentVariable(Variable), BesideTheRepository() };
        return folders.OfType<string>().Select(folder => Path.Combine(folder, relative)).FirstOrDefault(File.Exists);
    }

    // Outputs live below the repository's .nuke folder; a build with outputs elsewhere has the variable.
    private static string? BesideTheRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder != null && !Directory.Exists(Path.Combine(folder.FullName, ".nuke")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
