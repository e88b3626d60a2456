using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Images.Tests;

public sealed class WorkerImageStageTests : IDisposable
{
    private static readonly WorkerImageInput Usual = new(
        [new(Digest.Of("base"), 4), new(Digest.Of("build"), 5)], ["/usr/share/dotnet/dotnet", "/app/_build.dll"], "amd64");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_runs_the_build_program_as_nobody_in_particular_and_listens_to_nobody()
    {
        var digest = await RunAsync(Usual);

        var (manifest, configuration) = (Read("manifest.json"), Read("config.json"));
        Digest.Of(await File.ReadAllBytesAsync(_folder["manifest.json"])).ShouldBe(digest);
        manifest["layers"]!.AsArray().Select(layer => (string)layer!["digest"]!)
            .ShouldBe([Digest.Of("base").ToString(), Digest.Of("build").ToString()]);
        var running = configuration["config"]!;
        running["Entrypoint"]!.ToJsonString().ShouldBe("""["/usr/share/dotnet/dotnet","/app/_build.dll"]""");
        ((string)running["User"]!).ShouldBe("10001:10001");
        (running["ExposedPorts"]!.AsObject().Count, running["Healthcheck"]).ShouldBe((0, null));
    }

    [Fact]
    public async Task The_same_program_is_the_same_image()
    {
        var first = await RunAsync(Usual);
        (await RunAsync(Usual)).ShouldBe(first);
        (await RunAsync(Usual with { Command = ["/app/other"] })).ShouldNotBe(first);
    }

    private Task<Digest> RunAsync(WorkerImageInput input) =>
        new WorkerImageStage().RunAsync(input, _folder.Path, SilentProgress.Instance, CancellationToken.None);

    private JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(_folder[file]))!;
}
