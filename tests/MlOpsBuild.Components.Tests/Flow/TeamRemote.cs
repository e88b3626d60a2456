using System.Collections;
using System.Diagnostics;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>A bare repository that holds a team's state, and another machine that writes there.</summary>
internal sealed class TeamRemote : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TeamRemote() => Git("init", "--quiet", "--bare", Path);

    public static Dictionary<string, string> Variables { get; } =
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>Its address.</summary>
    public string Path => _folder["team.git"];

    /// <summary>The newest commit of the state, or nothing.</summary>
    public string Head => Git("--git-dir=" + Path, "for-each-ref", "--format=%(objectname)", "refs/heads/" + RemoteOptions.DefaultBranch);

    /// <summary>Paths on the state branch.</summary>
    public IReadOnlyList<string> Paths =>
        Head.Length == 0 ? [] : Git("--git-dir=" + Path, "ls-tree", "-r", "--name-only", Head).Split('\n');

    /// <summary>The other machine's store.</summary>
    public async Task<MlOpsStore> OtherAsync()
    {
        var store = MlOpsStore.At(_folder["other"], TimeProvider.System);
        store.Join(TeamState.Of(
            store, new() { Address = RemoteAddress.Parse(Path, Variables), Actor = "other", Variables = Variables }, TimeProvider.System));
        await store.Team!.PullAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Takes the remote away, as a network that is down would.</summary>
    public void Disconnect() => Directory.Move(Path, Path + ".gone");

    /// <summary>Damages a machine's copy of the state as a power cut would: a file is there and empty.</summary>
    public static void DamageTree(string repository)
    {
        foreach (var pack in Directory.GetFiles(repository, "*.pack", SearchOption.AllDirectories))
        {
            File.Move(pack, pack + ".moved");
            using var input = File.OpenRead(pack + ".moved");
            using var process = Process.Start(
                new ProcessStartInfo("git", ["--git-dir=" + repository, "unpack-objects", "-q"]) { RedirectStandardInput = true })!;
            input.CopyTo(process.StandardInput.BaseStream);
            process.StandardInput.Close();
            process.WaitForExit();
        }

        var tree = Git("--git-dir=" + repository, "rev-parse", "refs/mlops/merged^{tree}");
        var file = System.IO.Path.Combine(repository, "objects", tree[..2], tree[2..]);
        File.SetAttributes(file, FileAttributes.Normal);
        File.WriteAllBytes(file, []);
    }

    public void Dispose() => _folder.Dispose();

    private static string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output.Trim();
    }
}
