namespace MlOpsBuild.TestKit;

/// <summary>Where the repository lies that these tests belong to.</summary>
public static class RepositoryRoot
{
    /// <summary>Its folder: the one that <c>MLOPS_REPOSITORY</c> names, or that the tests were built in.</summary>
    /// <exception cref="InvalidOperationException">The tests run outside of any.</exception>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(Environment.GetEnvironmentVariable("MLOPS_REPOSITORY") ?? AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "MlOpsBuild.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository; set MLOPS_REPOSITORY.");
        }

        return folder.FullName;
    }
}
