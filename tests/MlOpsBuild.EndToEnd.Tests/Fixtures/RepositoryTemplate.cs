namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>The copy that all checkouts are copies of. Two classes of tests may ask at once.</summary>
internal sealed class RepositoryTemplate
{
    /// <summary>What a clone has, but for tests.</summary>
    public static readonly string[] Parts =
        [
            "build", "build.sh", "build.cmd", "src", "pipelines", "global.json", "Directory.Build.props", "Directory.Packages.props",
            "LICENSE", ".editorconfig", ".gitignore"
        ];

    /// <summary>What it has in <c>.nuke</c>.</summary>
    public static readonly string[] Kept = ["parameters.json", "build.schema.json"];

    private static readonly string[] Built = ["programs", "current", "started"];
    private static readonly string[] StageResults = ["stages", "blobs", "servers", "store.json", "oci-layout"];
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-e2e-").FullName;
    private readonly Lazy<Task<string>> _warm;
    private int _checkouts;

    private RepositoryTemplate()
    {
        _warm = new(WarmStoreAsync);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(_folder, recursive: true);
    }

    public CommandResult ColdBuild { get; private set; } = null!;

    public IReadOnlyList<string> FilesBefore { get; private set; } = [];

    public IReadOnlyList<string> FilesAfter { get; private set; } = [];

    private string Template => Path.Combine(_folder, "template");

    public static async Task<RepositoryTemplate> BuildAsync()
    {
        var built = new RepositoryTemplate();
        await built.InitializeAsync();
        return built;
    }

    public async Task<Checkout> CheckOutAsync(bool warm)
    {
        var name = $"checkout-{Interlocked.Increment(ref _checkouts)}";
        var root = Path.Combine(_folder, name);
        var state = Path.Combine(".nuke", "temp", "build");
        Directory.CreateDirectory(Path.Combine(root, state));
        await CopyAsync(root, [.. Parts.Select(part => Path.Combine(Template, part)).Where(Path.Exists)]);
        await CopyAsync(Path.Combine(root, ".nuke"), [.. Kept.Select(file => Path.Combine(Template, ".nuke", file))]);
        await CopyAsync(Path.Combine(root, state), [.. Built.Select(part => Path.Combine(Template, state, part))]);
        if (warm)
        {
            var known = await _warm.Value;
            Directory.CreateDirectory(Path.Combine(root, ".mlops"));
            await CopyAsync(Path.Combine(root, ".mlops"), [.. StageResults.Select(part => Path.Combine(known, part)).Where(Path.Exists)]);
        }

        var runtime = RuntimeFolder(name);
        return new(root, runtime, BuiltRepository.Variables(runtime));
    }

    internal static async Task CopyAsync(string target, params string[] sources) =>
        (await RunningCommand.RunAsync(target, BuiltRepository.Variables(target), "cp", ["-a", .. sources, target])).Expect(0);

    private async Task InitializeAsync()
    {
        var root = BuiltRepository.Sources;
        Directory.CreateDirectory(Path.Combine(Template, ".nuke"));
        await CopyAsync(Template, [.. Parts.Select(part => Path.Combine(root, part)).Where(Path.Exists)]);
        await CopyAsync(Path.Combine(Template, ".nuke"), [.. Kept.Select(file => Path.Combine(root, ".nuke", file))]);

        // One pipeline is enough where two would show nothing more.
        await File.WriteAllTextAsync(Path.Combine(Template, ".nuke", "parameters.json"), """{"Pipeline": "BikeDemand", "NoImage": true}""");
        FilesBefore = SourceTree.List(Template);
        ColdBuild = (await RunningCommand.RunAsync(
            Template, BuiltRepository.Variables(RuntimeFolder("template")), Path.Combine(Template, "build.sh"), "Status"))
            .Expect(0);
        FilesAfter = SourceTree.List(Template);
    }

    // The two versions that most tests deploy, as far as stages go: none of them is registered, and nothing serves.
    private async Task<string> WarmStoreAsync()
    {
        var checkout = await CheckOutAsync(warm: false);
        (await checkout.RunAsync("Train", "Package", "--set", Checkout.Weaker)).Expect(0);
        (await checkout.RunAsync("Train", "Package")).Expect(0);
        return Path.Combine(checkout.Root, ".mlops");
    }

    private string RuntimeFolder(string name)
    {
        var path = Path.Combine(_folder, name + "-run");
        return (OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;
    }
}
