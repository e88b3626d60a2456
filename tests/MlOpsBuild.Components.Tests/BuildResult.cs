using System.Text.Json;
using MlOpsBuild.Engine;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Tests;

/// <summary>What a build run in this process printed, returned and recorded.</summary>
internal sealed record BuildResult(int ExitCode, string Output, string Root)
{
    public static async Task<BuildResult> RunAsync(
        TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var output = new StringWriter();
        var variables = new Dictionary<string, string>(environment)
        {
            ["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(folder["runtime"]).FullName
        };
        var code = await BuildHost.RunAsync<TrainingBuild>(
            new BuildContext
            {
                Arguments = arguments, Environment = variables, Root = folder.Path, WorkingDirectory = folder.Path,
                Console = new BuildConsole(output, color: false)
            },
            build => ((ITrain)build).Train);
        return new(code, output.ToString(), folder.Path);
    }

    public static Task<BuildResult> RunAsync(TemporaryFolder folder, params string[] arguments) =>
        RunAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>The newest run record.</summary>
    public JsonElement Run() =>
        JsonDocument.Parse(File.ReadAllBytes(Directory.GetFiles(Path.Combine(Root, ".mlops", "runs"), "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Last())).RootElement;
}
