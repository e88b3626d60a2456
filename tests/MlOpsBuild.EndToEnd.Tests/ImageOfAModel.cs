using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A container image that a plain engine runs, made without one.</summary>
public sealed class ImageOfAModel(BuiltRepository repository) : EndToEndTest(repository)
{
    private static readonly string[] WithImage = ["--no-image", "false"];

    [DockerEngineFact]
    public async Task Serves_what_training_predicted_in_a_container_that_may_do_nothing_else()
    {
        (await Checkout.RunAsync(["Train", "Package", .. WithImage])).Expect(0).Output.ShouldContain("image bikedemand:v1");
        var file = Path.Combine(Checkout.Runtime, "model.tar");
        (await Checkout.RunAsync("SaveImage", "--model-version", "1", "--to", file)).Expect(0).Output.ShouldContain("docker load");
        await using var engine = await DockerEngine.StartAsync();

        (await engine.RunAsync("load", "--input", file)).ShouldBe((0, "Loaded image: bikedemand:v1\n"));
        var port = FreePort.Next();
        var (code, container) = await engine.RunAsync(
            "run", "--detach", "--network", "host", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory",
            "256m", "--pids-limit", "64",
            "--env", string.Create(CultureInfo.InvariantCulture, $"MLOPS_PORT={port}"), "bikedemand:v1");
        code.ShouldBe(0, container);
        await ReadyAsync(engine, container.Trim());

        using var caller = new Caller(new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        var answer = await caller.PredictAsync();
        answer.Version.ShouldBe(1);
        await GoldenPredictions.RequireAsync(Checkout, caller);
        (await engine.RunAsync("exec", container.Trim(), "/bin/sh", "-c", "id")).Code.ShouldNotBe(0, "there is no shell");
        (await engine.RunAsync("inspect", "--format", "{{.Config.User}}", container.Trim())).Output.Trim().ShouldBe("10001:10001");
        (await engine.RunAsync("stop", container.Trim())).Code.ShouldBe(0);
        (await engine.RunAsync("inspect", "--format", "{{.State.ExitCode}}", container.Trim())).Output.Trim()
            .ShouldBe("0", "it ends when it is asked to");
    }

    [Fact]
    public async Task Is_the_same_in_another_checkout_and_changes_in_one_layer_with_the_model()
    {
        (await Checkout.RunAsync(["Train", "Package", .. WithImage])).Expect(0);
        var first = await ManifestAsync(1);
        Directory.Delete(Path.Combine(Checkout.Root, ".mlops"), recursive: true);
        var again = (await Checkout.RunAsync(["Train", "Package", .. WithImage])).Expect(0).Output;
        (await ManifestAsync(1)).Digest.ShouldBe(first.Digest, again);

        (await Checkout.RunAsync(["Train", "Package", .. WithImage, "--set", "trees=120"])).Expect(0);
        var second = await ManifestAsync(2);

        second.Digest.ShouldNotBe(first.Digest);
        second.Layers.Take(3).ShouldBe(first.Layers.Take(3));
        second.Layers[3].ShouldNotBe(first.Layers[3]);
        if (ProgramOnPath.Find("skopeo") is { } skopeo)
        {
            using var told = await Skopeo.InspectAsync(skopeo, $"oci:{Path.Combine(Checkout.Root, ".mlops")}:bikedemand:v2");
            told.RootElement.GetProperty("Digest").GetString().ShouldBe(second.Digest);
            told.RootElement.GetProperty("Labels").GetProperty("org.opencontainers.image.version").GetString().ShouldBe("v2");
        }
    }

    [Fact]
    [Trait("Category", "Nightly")] // compiles the whole program twice
    public async Task Over_its_budget_is_refused_with_what_it_costs()
    {
        var pipeline = Path.Combine(Checkout.Root, "pipelines", "BikeDemand", "BikeDemand.cs");
        var text = await File.ReadAllTextAsync(pipeline);
        await File.WriteAllTextAsync(pipeline, text.Replace(
            ".Slice(x => x.WorkingDay)", ".Slice(x => x.WorkingDay).Budget(b => b.Memory(mebibytes: 1))", StringComparison.Ordinal));

        (await Checkout.RunAsync(["Train", "Package", .. WithImage])).Expect(3).Output.ShouldContain("MiB held'; expected at most 1 MiB");
        (await Checkout.Store.Versions(Checkout.Pipeline).AllAsync(CancellationToken.None))
            .ShouldBeEmpty("what is over its budget is no version");

        await File.WriteAllTextAsync(pipeline, text.Replace(
            ".Slice(x => x.WorkingDay)",
            ".Slice(x => x.WorkingDay).Budget(b => b.Memory(mebibytes: 1024).P99(TimeSpan.FromSeconds(20)).Image(megabytes: 1))",
            StringComparison.Ordinal));

        var refused = (await Checkout.RunAsync(["Train", "Package", .. WithImage])).Expect(3).Output;
        refused.ShouldContain("99 % under load within");
        refused.ShouldContain("MB'; expected at most 1 MB");
    }

    [DockerRegistryFact]
    public async Task Travels_to_a_registry_with_its_digest_and_is_built_on_from_there()
    {
        using var registry = await DockerRegistry.StartAsync();
        var repository = $"{registry.Endpoint.Authority}/team/models";
        (await Checkout.RunAsync(["Train", "Package", .. WithImage])).Expect(0);
        var first = await ManifestAsync(1);

        var pushed = (await WithLoginAsync("Push", "--registry", repository)).Expect(0).Output;
        pushed.ShouldContain($"{repository}/bikedemand:v1 is {first.Digest}; 8 of its parts travelled");
        pushed.ShouldNotContain(DockerRegistry.Password);
        (await WithLoginAsync("Push", "--registry", repository)).Expect(0).Output.ShouldContain("0 of its parts travelled");
        if (ProgramOnPath.Find("skopeo") is { } skopeo)
        {
            using var told = await Skopeo.InspectInRegistryAsync(skopeo, $"{repository}/bikedemand:v1");
            told.RootElement.GetProperty("Digest").GetString().ShouldBe(first.Digest);
        }

        await AttachedAsync(registry, first);

        // On another image, here on our own: its layers lie below ours.
        (await WithLoginAsync(
        [
            "Train", "Package", .. WithImage, "--set", "trees=120", "--base-image", $"{repository}/bikedemand@{first.Digest}"
        ]))
            .Expect(0);
        (await ManifestAsync(2)).Layers.Take(4).ShouldBe(first.Layers);
        (await WithLoginAsync(["Package", .. WithImage, "--base-image", $"{repository}/bikedemand:v1"]))
            .Expect(2)
            .Output.ShouldContain("The image to build on is not pinned");
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Is_left_out_when_that_is_asked_for()
    {
        (await Checkout.RunAsync("Train", "Package", "--no-image")).Expect(0).Output.ShouldNotContain("layer-base");

        (await Checkout.RunAsync("SaveImage")).Expect(2).Output.ShouldContain("That version has no image 'v1'");
    }

    private static async Task ReadyAsync(DockerEngine engine, string container)
    {
        for (var waited = Stopwatch.StartNew(); !(await engine.RunAsync("logs", container))
            .Output.Contains("ready", StringComparison.Ordinal);)
        {
            (await engine.RunAsync("inspect", "--format", "{{.State.Running}}", container)).Output.Trim()
                .ShouldBe("true", (await engine.RunAsync("logs", container)).Output);
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(50);
        }

        (await engine.RunAsync("exec", container, "/usr/share/dotnet/dotnet", "/app/mlops-server.dll", "health"))
            .Code.ShouldBe(0, "the health check of the image");
    }

    // As any client finds it: the tag made of the image's digest lists what is attached.
    private static async Task AttachedAsync(DockerRegistry registry, (string Digest, IReadOnlyList<string> Layers) image)
    {
        using var client = new HttpClient { BaseAddress = new(registry.Endpoint, "v2/team/models/bikedemand/") };
        client.DefaultRequestHeaders.Authorization = new(
            "Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{DockerRegistry.User}:{DockerRegistry.Password}")));
        client.DefaultRequestHeaders.Add("Accept", "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json");
        using var index =
            JsonDocument.Parse(await client.GetStringAsync(new Uri($"manifests/{image.Digest.Replace(':', '-')}", UriKind.Relative)));
        var documents = new Dictionary<string, JsonElement>();
        foreach (var each in index.RootElement.GetProperty("manifests").EnumerateArray())
        {
            using var manifest = JsonDocument.Parse(
                await client.GetStringAsync(new Uri($"manifests/{each.GetProperty("digest").GetString()}", UriKind.Relative)));
            manifest.RootElement.GetProperty("subject").GetProperty("digest").GetString().ShouldBe(image.Digest);
            var document = await client.GetStringAsync(
                new Uri($"blobs/{manifest.RootElement.GetProperty("layers")[0].GetProperty("digest").GetString()}", UriKind.Relative));
            documents[each.GetProperty("artifactType").GetString()!] = JsonDocument.Parse(document).RootElement;
        }

        var bill = documents["application/vnd.cyclonedx+json"];
        bill.GetProperty("specVersion").GetString().ShouldBe("1.6");
        var references = bill.GetProperty("components")
            .EnumerateArray()
            .Select(component => component.GetProperty("bom-ref").GetString()!)
            .ToList();
        references.ShouldContain("model");
        references.ShouldContain("file:/app/mlops-server.dll");
        references.ShouldContain(reference => reference.EndsWith("/libcrypto.so.3", StringComparison.Ordinal));
        foreach (var dependency in bill.GetProperty("dependencies").EnumerateArray())
        {
            dependency.GetProperty("dependsOn").EnumerateArray().Select(on => on.GetString()!).ShouldBeSubsetOf(references);
        }

        var statement = documents["application/vnd.in-toto+json"];
        statement.GetProperty("predicateType").GetString().ShouldBe("https://slsa.dev/provenance/v1");
        ("sha256:" + statement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString()).ShouldBe(image.Digest);
    }

    private Task<CommandResult> WithLoginAsync(params string[] arguments) => RunningCommand.RunAsync(
        Checkout.Root,
        new Dictionary<string, string>(Checkout.Environment)
        {
            ["MLOPS_REGISTRY_USER"] = DockerRegistry.User, ["MLOPS_REGISTRY_PASSWORD"] = DockerRegistry.Password
        },
        Path.Combine(Checkout.Root, "build.sh"), arguments);

    private async Task<(string Digest, IReadOnlyList<string> Layers)> ManifestAsync(int version)
    {
        using var index = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, ".mlops", "index.json")));
        var digest = index.RootElement.GetProperty("manifests").EnumerateArray()
            .Single(manifest => manifest.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString()
                == string.Create(CultureInfo.InvariantCulture, $"bikedemand:v{version}"))
            .GetProperty("digest").GetString()!;
        using var content = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, ".mlops", "blobs", "sha256", digest["sha256:".Length..])));
        return (
            digest,
            [.. content.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("digest").GetString()!)]);
    }
}
