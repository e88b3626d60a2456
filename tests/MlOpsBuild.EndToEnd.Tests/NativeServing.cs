using System.IO.Compression;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Telemetry;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The server compiled to a native program, and what it cannot serve.</summary>
[Trait("Category", "Nightly")]
public sealed class NativeServing(BuiltRepository repository) : EndToEndTest(repository)
{
    private const long Fifteen = 15_000_000;
    private static readonly string[] InDocker = ["--environment", "docker", "--no-image", "false"];

    [DockerEngineFact]
    public async Task A_server_is_compiled_once_and_serves_from_a_small_image_and_on_this_machine()
    {
        (await Checkout.RunAsync("PublishServer")).Expect(0).Output.ShouldContain("MB, compiled");
        (await Checkout.RunAsync("PublishServer")).Expect(0).Output.ShouldContain("MB, known already");
        await using var engine = await DockerEngine.StartAsync();
        Checkout.Environment["DOCKER_HOST"] = engine.Host;

        var contained = (await Checkout.DeployAsync(InDocker)).Output;
        contained.ShouldContain("native server (.NET ");
        contained.ShouldContain("contract test of the container: 100 golden predictions equal to the bit");
        (await CompressedAsync("bikedemand:v1")).ShouldBeLessThan(Fifteen);
        (await Checkout.RunAsync("Stop")).Expect(0);

        await using var collector = await new FakeCollector().StartAsync();
        Checkout.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Http.ToString();
        var served = await Checkout.DeployAsync("--no-image", "false");
        using var caller = new Caller(served.Address);
        (await caller.PredictAsync()).Version.ShouldBe(1);
        var processes = Checkout.Processes("serve");
        Command(processes.ShouldHaveSingleItem()).ShouldContain("/native/");

        // The gateway, native as well, starts it again.
        using (var process = System.Diagnostics.Process.GetProcessById(processes[0]))
        {
            process.Kill();
        }

        await Eventually.HoldsAsync(() => Checkout.Processes("serve").Except(processes).Any(), "started again");
        Command(Checkout.Processes("serve").Except(processes).Single()).ShouldContain("/native/");
        (await Checkout.RunAsync("Stop")).Expect(0);
        collector.Points.ShouldContain(point => point.Name == "mlops.requests" && point.Attributes["version"] == "1");
    }

    [DockerEngineFact]
    public async Task An_ONNX_model_is_served_by_the_flavour_on_Net_in_a_container_too()
    {
        (await Checkout.ShellAsync("dotnet add build reference src/MlOpsBuild.Onnx")).Expect(0);
        (await Checkout.RunAsync("Train", "Package")).Expect(0);
        (await Checkout.RunAsync("ExportOnnx", "--model-version", "1", "--to", "pipelines/BikeDemand/model.onnx")).Expect(0);
        var pipeline = Path.Combine(Checkout.Root, "pipelines", "BikeDemand", "BikeDemand.cs");
        await File.WriteAllTextAsync(pipeline, (await File.ReadAllTextAsync(pipeline)).Replace(
            ".Train(trainer)", """.Train(Trainers.Onnx("pipelines/BikeDemand/model.onnx"))""", StringComparison.Ordinal));
        await using var engine = await DockerEngine.StartAsync();
        Checkout.Environment["DOCKER_HOST"] = engine.Host;

        var output = (await Checkout.DeployAsync(InDocker)).Output;

        output.ShouldContain("onnx model");
        output.ShouldContain("server on .NET ");
        output.ShouldMatch(@"contract test of the container: \d+ golden predictions equal to the bit");
        (await Checkout.RunAsync("Stop")).Expect(0);
    }

    private static string Command(int process) => File.ReadAllText($"/proc/{process}/cmdline");

    private async Task<long> CompressedAsync(string name)
    {
        var manifest = CanonicalJson.Deserialize<OciManifest>(await Checkout.Store.Blobs.ReadAsync(
            (await OciLayout.FindAsync(Checkout.Store, name, CancellationToken.None))!.Value, CancellationToken.None));
        var bytes = 0L;
        foreach (var layer in manifest.Layers)
        {
            using var compressed = new MemoryStream();
            await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            {
                await gzip.WriteAsync(await Checkout.Store.Blobs.ReadAsync(layer.Digest, CancellationToken.None));
            }

            bytes += compressed.Length;
        }

        return bytes;
    }
}
