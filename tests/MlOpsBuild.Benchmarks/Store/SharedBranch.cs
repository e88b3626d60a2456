using System.Diagnostics;
using System.Text;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Benchmarks.Store;

/// <summary>A team's state branch that has all facts of a store already, as after years of small commits.</summary>
internal sealed class SharedBranch(string remote, MlOpsStore store)
{
    private const string Reference = "refs/heads/" + RemoteOptions.DefaultBranch;
    private static readonly string[] Folders = ["deployments", "registry", "runs"];

    public RemoteOptions Options { get; } = new()
    {
        Address = RemoteAddress.Parse("file://" + remote, new Dictionary<string, string>()), Actor = "benchmark",
        Variables = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["HOME"] = Path.GetTempPath(), ["GIT_CONFIG_NOSYSTEM"] = "1"
        },
    };

    /// <summary>Writes the branch, and makes the store agree with it.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await GitAsync(["init", "--quiet", "--bare", remote], cancellationToken);
        await GitAsync(["-C", remote, "config", "uploadpack.allowFilter", "true"], cancellationToken);
        await GitAsync(["-C", remote, "config", "uploadpack.allowAnySHA1InWant", "true"], cancellationToken);
        using (var import = Process.Start(
            new ProcessStartInfo("git", ["-C", remote, "fast-import", "--quiet"]) { RedirectStandardInput = true })!)
        {
            await WriteAsync(import.StandardInput.BaseStream, cancellationToken);
            import.StandardInput.Close();
            await import.WaitForExitAsync(cancellationToken);
        }

        await TeamState.Of(store, Options, TimeProvider.System).StatusAsync(cancellationToken);
        var copy = Directory.GetDirectories(Path.Combine(store.Folder, "remote"), "*.git").Single();
        await GitAsync(["--git-dir=" + copy, "update-ref", "refs/mlops/merged", "refs/mlops/remote"], cancellationToken);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await TextAsync(stream, $"commit {Reference}\ncommitter benchmark <benchmark@invalid> 1700000000 +0000\ndata 5\nfacts\n", cancellationToken);
        await FileAsync(stream, "store.json", "{ \"schema\": 2 }"u8.ToArray(), cancellationToken);
        foreach (var file in Folders.SelectMany(
            folder => Directory.EnumerateFiles(Path.Combine(store.Folder, folder), "*.json", SearchOption.AllDirectories)))
        {
            await FileAsync(
                stream, Path.GetRelativePath(store.Folder, file), await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken);
        }

        var sequence = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(store.Folder, "audit.jsonl"), cancellationToken))
        {
            await FileAsync(
                stream, FormattableString.Invariant($"audit/{sequence / 1000:00000}/{sequence + 1:00000000}.json"),
                Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            sequence++;
        }
    }

    private static async Task FileAsync(Stream stream, string path, byte[] content, CancellationToken cancellationToken)
    {
        await TextAsync(stream, FormattableString.Invariant($"M 100644 inline {path}\ndata {content.Length}\n"), cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
        await TextAsync(stream, "\n", cancellationToken);
    }

    private static Task TextAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();

    public static Task<double> GitAsync(string[] arguments, CancellationToken cancellationToken) =>
        Timed.RunAsync(Path.GetTempPath(), "git", arguments, cancellationToken);
}
