using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>The program of <c>tests/MlOpsBuild.SampleBuild</c> in a folder of its own.</summary>
internal sealed class SampleBuild : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MlOpsBuild.SampleBuild.dll");
    private readonly TemporaryFolder _folder = new();

    public SampleBuild()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".nuke"));
        Environment = BuiltRepository.Variables(Root);
    }

    public string Root => _folder.Path;

    public Dictionary<string, string> Environment { get; }

    public RunningCommand Start(params string[] arguments) => RunningCommand.Start(Root, Environment, "dotnet", [Program, .. arguments]);

    public Task<CommandResult> RunAsync(params string[] arguments) =>
        RunningCommand.RunAsync(Root, Environment, "dotnet", [Program, .. arguments]);

    public void Dispose() => _folder.Dispose();
}
