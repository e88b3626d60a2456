using System.Diagnostics;
using System.Security.Cryptography;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>The same sources give the same bytes in any folder, so that stage keys hold across checkouts and machines.</summary>
public sealed class DeterministicBuildTests
{
    private static readonly string[] Assemblies =
    [
        "MlOpsBuild.Core.dll", "MlOpsBuild.Data.dll", "MlOpsBuild.Scoring.dll", "MlOpsBuild.Modeling.dll"
    ];

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Two_folders_give_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        var here = await BuildAsync(first[""]);
        var there = await BuildAsync(second["a/deeper/folder"]);
        there.ShouldBe(here);
    }

    private static async Task<IReadOnlyList<string>> BuildAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await RunAsync("bash", "-c", $"cd '{Repository.Root}' && cp -R src global.json Directory.*.props .editorconfig '{folder}'");
        await RunAsync(
            "dotnet", "build", Path.Combine(folder, "src/MlOpsBuild.Modeling"), "-c", "Release", "-p:MlOpsBootstrap=true",
            "-nodeReuse:false", "-v", "quiet");
        return
        [
            .. Assemblies.Select(name => name + " " + Hash(Path.Combine(folder, ".nuke/temp/build/bin/MlOpsBuild.Modeling/release", name)))
        ];
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await output + await errors);
    }
}
