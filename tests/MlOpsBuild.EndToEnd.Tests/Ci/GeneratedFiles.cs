using MlOpsBuild.Components;
using MlOpsBuild.Engine;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The files that <c>GenerateCi</c> writes for a build class, in a folder of their own.</summary>
internal sealed class GeneratedFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Their folder.</summary>
    public string Root => _folder.Path;

    /// <summary>The workflows for GitHub.</summary>
    public IReadOnlyList<string> Workflows => Directory.GetFiles(_folder[".github/workflows"], "*.yml");

    public static async Task<GeneratedFiles> OfAsync<T>() where T : NukeBuild, new()
    {
        var files = new GeneratedFiles();
        await using var output = new StringWriter();
        var code = await BuildHost.RunAsync<T>(new()
        {
            Arguments = ["GenerateCi"], Environment = new Dictionary<string, string>(), Root = files.Root, WorkingDirectory = files.Root,
            Console = new BuildConsole(output, color: false),
        });
        code.ShouldBe(0, output.ToString());
        return files;
    }

    /// <summary>The text of the only workflow of this name.</summary>
    public string Workflow(string name) => File.ReadAllText(_folder[$".github/workflows/{name}.yml"]);

    public void Dispose() => _folder.Dispose();
}
