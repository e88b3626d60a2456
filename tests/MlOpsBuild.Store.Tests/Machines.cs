using System.Collections;
using MlOpsBuild.Store.Runs.Tests;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Tests;

/// <summary>Machines of a team, each with a folder of its own, and the bare repository that holds their state.</summary>
internal sealed class Machines : IDisposable
{
    private static readonly Dictionary<string, string> Variables = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
    private readonly TemporaryFolder _folder = new();

    public ManualTime Time { get; } = new();

    public string Remote => _folder["team.git"];

    /// <summary>A machine without a team.</summary>
    public Machine Alone(string name = "alone") => new(_folder[name], MlOpsStore.At(_folder[name], Time), Time);

    /// <summary>A machine that takes part in the team's state.</summary>
    public async Task<Machine> JoinAsync(string name, long? blobLimit = null, IBlobRemote? registry = null)
    {
        if (!Directory.Exists(Remote))
        {
            await (await GitRepository.InitAsync(_folder["seed"])).GitAsync("init", "--quiet", "--bare", Remote);
        }

        var options = new RemoteOptions
        {
            Address = RemoteAddressOf(Remote), Actor = name, Variables = Variables, Registry = registry,
            BlobLimit = blobLimit ?? RemoteOptions.DefaultBlobLimit,
        };
        var time = new RealTimers(Time);
        var store = MlOpsStore.At(_folder[name], time);
        store.Join(TeamState.Of(store, options, time));
        return new(_folder[name], store, Time);
    }

    /// <summary>Paths of the files on the state branch.</summary>
    public async Task<IReadOnlyList<string>> BranchAsync() =>
        (await (await GitRepository.InitAsync(_folder["seed"]))
            .GitAsync("--git-dir=" + Remote, "ls-tree", "-r", "--name-only", RemoteOptions.DefaultBranch))
            .Split('\n');

    /// <summary>Takes the remote away, as a network that is down would.</summary>
    public void Disconnect() => Directory.Move(Remote, Remote + ".gone");

    /// <summary>From now on the remote takes nothing.</summary>
    public void Protect()
    {
        var hook = Path.Combine(Remote, "hooks", "pre-receive");
        Machine.Write(hook, "#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Git.RemoteAddress RemoteAddressOf(string path) => Git.RemoteAddress.Parse(path, Variables);

    // Its clock stands still; its timers do not, since git takes real time.
    private sealed class RealTimers(ManualTime now) : TimeProvider
    {
        public override long TimestampFrequency => now.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => now.GetUtcNow();

        public override long GetTimestamp() => now.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime, period);
    }
}
