using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text.Json;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Images for this machine and for one with another processor, which an emulator stands in for.</summary>
[Trait("Category", "Nightly")]
public sealed class ImagesForTwoProcessors(BuiltRepository repository) : EndToEndTest(repository)
{
    [EmulatorFact]
    public async Task Both_serve_what_training_predicted_and_travel_under_one_tag()
    {
        (await Checkout.RunAsync("Train", "Package", "--no-image", "false", "--platforms", "linux/arm64"))
            .Expect(1)
            .Output.ShouldContain("./build.sh PublishServer --platforms linux/arm64");
        (await Checkout.RunAsync("PublishServer", "--platforms", "linux/arm64")).Expect(0);

        var output = (await Checkout.RunAsync("Train", "Package", "--no-image", "false", "--platforms", "linux/amd64", "linux/arm64"))
            .Expect(0).Output;

        output.ShouldContain("images bikedemand:v1-all: ");
        await GoldenAsync();
        await TravelAsync();
    }

    private async Task GoldenAsync()
    {
        var (file, root) = (Path.Combine(Checkout.Runtime, "arm64.tar"), Path.Combine(Checkout.Runtime, "root"));
        (await Checkout.RunAsync("SaveImage", "--model-version", "1", "--platforms", "linux/arm64", "--to", file)).Expect(0);
        await UnpackAsync(file, root);
        File.Copy(EmulatorFactAttribute.Emulator, Path.Combine(root, "emulator"));

        // As every engine gives it.
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        await Process.Start("mknod", ["--mode=0666", Path.Combine(root, "dev", "urandom"), "c", "1", "9"]).WaitForExitAsync();
        var port = FreePort.Next();
        var start = new ProcessStartInfo(
            "chroot", ["--userspec=10001:10001", root, "/emulator", "/app/mlops-server", "contain", "/model/server.json"])
        {
            RedirectStandardOutput = true
        };
        start.Environment["MLOPS_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["MLOPS_MODEL_VERSION"] = "1";
        using var server = Process.Start(start)!;
        try
        {
            await SaysAsync(server, "ready");
            using var caller = new Caller(new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
            await GoldenPredictions.RequireAsync(Checkout, caller);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    private async Task TravelAsync()
    {
        using var registry = await DockerRegistry.StartAsync();
        Checkout.Environment["MLOPS_REGISTRY_USER"] = DockerRegistry.User;
        Checkout.Environment["MLOPS_REGISTRY_PASSWORD"] = DockerRegistry.Password;
        var repository = $"{registry.Endpoint.Authority}/team/models";

        var pushed = (await Checkout.RunAsync("Push", "--registry", repository)).Expect(0).Output;

        pushed.ShouldContain("bikedemand:v1-amd64 is ");
        pushed.ShouldContain("bikedemand:v1-arm64 is ");
        pushed.ShouldContain("the list of both");
        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            using var told = await Skopeo.InspectInRegistryAsync(
                ProgramOnPath.Find("skopeo")!, $"{repository}/bikedemand:v1", "--override-arch", architecture);
            told.RootElement.GetProperty("Architecture").GetString().ShouldBe(architecture);
        }
    }

    private static async Task SaysAsync(Process server, string word)
    {
        var said = new List<string>();
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"it ended: {string.Join('\n', said)}");
    }

    // As an engine lays the layers of an image over each other.
    private static async Task UnpackAsync(string file, string root)
    {
        var image = Path.Combine(root, "..", "image");
        Directory.CreateDirectory(root);
        Directory.CreateDirectory(image);
        await TarFile.ExtractToDirectoryAsync(file, image, overwriteFiles: true);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(image, "manifest.json")));
        foreach (var layer in manifest.RootElement[0].GetProperty("Layers").EnumerateArray())
        {
            await TarFile.ExtractToDirectoryAsync(Path.Combine(image, layer.GetString()!), root, overwriteFiles: true);
        }
    }
}
