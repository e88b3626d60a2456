using System.Diagnostics;
using System.Runtime.InteropServices;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Images.Tests;

public sealed class ImageFilesTests : IDisposable
{
    private static readonly string Runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_lowest_layer_has_all_that_the_loader_would_load_and_no_shell()
    {
        var runtime = await Files("/").RuntimeAsync(Runtime, Environment.Version, CancellationToken.None);
        var layer = await Files("/").HostBaseAsync(runtime, CancellationToken.None);

        // What ldd says is what the machine's own loader finds.
        var names = layer.Concat(runtime).Select(entry => Path.GetFileName(entry.Path)).ToHashSet();
        foreach (var program in runtime.Where(entry => entry.Path.EndsWith("/dotnet", StringComparison.Ordinal)
            || entry.Path.EndsWith(".so", StringComparison.Ordinal)))
        {
            LoadedWith(program.Content!.Path).Except(names).ShouldBeEmpty(program.Path);
        }

        names.ShouldContain("libcrypto.so.3");
        names.ShouldNotContain("sh");
        names.ShouldNotContain("bash");
        layer.Select(entry => entry.Path).ShouldContain("etc/passwd");
        layer.Single(entry => entry.Path == "tmp").Mode.HasFlag(UnixFileMode.StickyBit).ShouldBeTrue();
    }

    [Fact]
    public async Task Libraries_that_are_not_here_are_told_all_at_once()
    {
        var runtime = await Files("/").RuntimeAsync(Runtime, Environment.Version, CancellationToken.None);

        var failure = await Should.ThrowAsync<StageFailedException>(Files(_folder.Path).HostBaseAsync(runtime, CancellationToken.None));

        failure.Findings.Select(finding => finding.Where).ShouldContain("libssl.so.3");
        failure.Findings.Select(finding => finding.Where).ShouldContain("libc.so.6");
        failure.Findings[0].Fix!.ShouldContain("--base-image");
    }

    [Fact]
    public async Task A_runtime_without_the_web_part_is_told()
    {
        Directory.CreateDirectory(_folder["host/fxr/10.0.1"]);
        await File.WriteAllTextAsync(_folder["dotnet"], "");

        (await Should.ThrowAsync<StageFailedException>(Files("/").RuntimeAsync(_folder.Path, new(10, 0, 1), CancellationToken.None)))
            .Findings.Select(finding => finding.Where)
            .ShouldBe([_folder["shared/Microsoft.NETCore.App/10.0.1"], _folder["shared/Microsoft.AspNetCore.App/10.0.1"]]);
    }

    [Fact]
    public async Task A_build_program_goes_without_symbols_servers_and_other_systems()
    {
        string[] files =
        [
            "_build.dll", "_build.pdb", "_build.xml", "_build.runtimeconfig.json", "inputs.txt", "mlops-server/mlops-server.dll",
            $"runtimes/{ImagePlatform.Ours.RuntimeIdentifier}/native/lib_a.so", "runtimes/win/lib/net10.0/b.dll",
            "runtimes/linux-musl-x64/native/lib_a.so", "runtimes/unix/lib/net10.0/c.dll",
        ];
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            await File.WriteAllTextAsync(_folder[file], file);
        }

        var layer = await Files("/").BuildProgramAsync(_folder.Path, CancellationToken.None);

        layer.Select(entry => entry.Path).ShouldBe(
        [
            "app/_build.dll", "app/_build.runtimeconfig.json", $"app/runtimes/{ImagePlatform.Ours.RuntimeIdentifier}/native/lib_a.so",
            "app/runtimes/unix/lib/net10.0/c.dll",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task A_zone_that_this_machine_does_not_know_is_told() =>
        (await Should.ThrowAsync<StageFailedException>(
            Files(_folder.Path).ModelAsync(new Dictionary<string, Artifact>(), [], ["Europe/Berlin"], CancellationToken.None)))
            .Findings[0].Value.ShouldBe("Europe/Berlin");

    [Theory]
    [InlineData(null, "PublishServer --platforms")]
    [InlineData("MlOpsBuild.Onnx", "on such a machine")]
    public async Task An_image_for_another_processor_needs_a_program_that_was_compiled_for_it(string? scorer, string fix)
    {
        var other = ImagePlatform.All.Single(platform => !platform.IsOurs);

        var failure = await Should.ThrowAsync<StageFailedException>(
            new ImageServerFiles(Files("/"), _folder.Path).ReadAsync(scorer, onHost: true, other, CancellationToken.None));

        failure.Findings[0].Where.ShouldBe($"--platforms {other}");
        failure.Findings[0].Fix!.ShouldContain(fix);
    }

    public void Dispose() => _folder.Dispose();

    private ImageFiles Files(string root) =>
        new(MlOpsStore.At(_folder["store"], TimeProvider.System).Blobs, new(_folder["index"], TimeProvider.System), root);

    private static IEnumerable<string> LoadedWith(string path)
    {
        using var process =
            Process.Start(new ProcessStartInfo("ldd", [path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        return lines.Where(line => line.Contains("=>", StringComparison.Ordinal)).Select(line => line.Split("=>")[0].Trim());
    }
}
