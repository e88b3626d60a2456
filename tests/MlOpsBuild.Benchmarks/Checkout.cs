namespace MlOpsBuild.Benchmarks;

/// <summary>A copy of the repository with its program built, removed afterwards.</summary>
internal sealed class Checkout : IDisposable
{
    private Checkout(string folder) => Folder = folder;

    public string Folder { get; }

    public string Script => Path.Combine(Folder, "build.sh");

    public static async Task<Checkout> CreateAsync(CancellationToken cancellationToken)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "MlOpsBuild.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run the benchmarks inside the repository.");
        }

        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        await Timed.RunAsync(
            root, "bash", ["-c", $"cp -a build build.sh src pipelines global.json Directory.*.props '{folder}' && mkdir '{folder}/.nuke'"],
            cancellationToken);
        await Timed.RunAsync(folder, Path.Combine(folder, "build.sh"), ["Status"], cancellationToken);
        return new(folder);
    }

    public void Dispose()
    {
        Timed.RunAsync(Folder, Script, ["Stop"], CancellationToken.None).GetAwaiter().GetResult();
        Directory.Delete(Folder, recursive: true);
    }
}
