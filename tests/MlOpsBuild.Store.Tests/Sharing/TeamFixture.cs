using System.Text;
using MlOpsBuild.Store.Git;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A remote and the machines that share state on it.</summary>
internal sealed class TeamFixture : IDisposable
{
    public const string Reference = "refs/heads/" + RemoteOptions.DefaultBranch;
    private readonly TemporaryFolder _folder = new();

    private TeamFixture(GitRepository remote) => Remote = remote;

    public GitRepository Remote { get; }

    public string this[string relative] => _folder[relative];

    public static async Task<TeamFixture> CreateAsync(bool allowFilters = false) =>
        new(await GitRepository.CreateAsync(allowFilters, CancellationToken.None));

    /// <summary>What git may see of this process: enough to run, nothing of the user's.</summary>
    public Dictionary<string, string> Variables() => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["HOME"] = Directory.CreateDirectory(_folder["home"]).FullName,
        ["GIT_CONFIG_NOSYSTEM"] = "1",
    };

    public RemoteOptions Options(string address) =>
        new() { Address = RemoteAddress.Parse(address, Variables()), Actor = "tester", Variables = Variables() };

    /// <summary>A machine of this name; the same name is the same folder, as if another build began there.</summary>
    public Task<Machine> MachineAsync(string name, Func<RemoteOptions, RemoteOptions>? change = null) =>
        MachineAsync(name, Remote.FileUrl.AbsoluteUri, change);

    public Task<Machine> MachineAsync(
        string name, string address, Func<RemoteOptions, RemoteOptions>? change = null, TimeProvider? time = null)
    {
        var options = Options(address);
        return Task.FromResult(Machine.Join(_folder[name], change?.Invoke(options) ?? options, time ?? TimeProvider.System, Remote.Git));
    }

    /// <summary>The newest commit of the branch.</summary>
    public Task<string> HeadAsync() => Remote.RunAsync(["rev-parse", Reference], CancellationToken.None);

    /// <summary>The files on the branch.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync() =>
        (await Remote.RunAsync(["ls-tree", "-r", "--name-only", Reference], CancellationToken.None)).Split('\n');

    /// <summary>A file as it is on the branch.</summary>
    public Task<string> ReadAsync(string path) => Remote.RunAsync(["cat-file", "blob", $"{Reference}:{path}"], CancellationToken.None);

    /// <summary>Changes the branch by hand, as somebody with a clone could.</summary>
    public async Task<string> EditAsync(params (string Path, string? Text)[] files)
    {
        var parent = await HeadAsync();
        var import = new StringBuilder(
            $"commit {Reference}\ncommitter Somebody <somebody@example.invalid> 1795262400 +0000\ndata 7\nby hand\nfrom {parent}\n");
        foreach (var (path, text) in files)
        {
            import.Append(text is null ? $"D {path}\n" : $"M 100644 inline {path}\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
        }

        await Remote.Git.RunAsync(
            Remote.Folder, ["fast-import", "--quiet", "--force"], Encoding.UTF8.GetBytes(import.ToString()), CancellationToken.None);
        return await HeadAsync();
    }

    public void Dispose()
    {
        Remote.Dispose();
        _folder.Dispose();
    }
}
