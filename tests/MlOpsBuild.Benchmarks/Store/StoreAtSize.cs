using System.Diagnostics;
using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Benchmarks.Store;

/// <summary>
/// What people do every day, with 100,000 runs, 10,000 versions and 1,000,000 audit entries, against what they may wait for it.
/// </summary>
internal static class StoreAtSize
{
    private const int Times = 3;
    private const int News = 10;
    private const string Allowed = "what is allowed";

    public static async Task<BenchmarkResult[]> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        using var checkout = await Checkout.CreateAsync(cancellationToken);
        var root = checkout.Folder;
        var empty = await Timed.BestAsync(Times, () => Timed.RunAsync(root, checkout.Script, ["Status"], cancellationToken));
        var store = MlOpsStore.At(root, TimeProvider.System);
        var large = new LargeStore(store.Folder, runs);
        Tell("filled", await TimeAsync(() => large.FillAsync(cancellationToken)));
        var size = string.Create(
            CultureInfo.InvariantCulture, $"{runs:N0} runs, {large.Versions:N0} versions, {large.Entries:N0} audit entries");
        var results = new List<BenchmarkResult>
        {
            await OfCommandAsync(checkout, size, ["Status"], Allowed, 0.3, cancellationToken),
            await OfCommandAsync(checkout, size, ["Status"], "the same with an empty store", empty, cancellationToken, 1.3),
            await OfCommandAsync(checkout, size, ["History"], Allowed, 1, cancellationToken),
            await OfCommandAsync(checkout, size, ["History", "--at", "2024-06-01"], Allowed, 1, cancellationToken),
        };
        Tell("runs of one pipeline, first", await TimeAsync(() => store.Runs.OfAsync("Pipeline3", cancellationToken)));
        Tell("runs of one pipeline, noted", await TimeAsync(() => store.Runs.OfAsync("Pipeline3", cancellationToken)));
        Tell("a version", await TimeAsync(() => store.Versions("Pipeline3").ResolveAsync("champion", cancellationToken)));
        Tell("all moves", await TimeAsync(() => store.Versions("Pipeline3").HistoryAsync("champion", cancellationToken)));
        Tell("deployments", await TimeAsync(() => new DeploymentStore(store).OfAsync("Pipeline3", cancellationToken)));
        Tell("an audit entry", await TimeAsync(() => store.Audit.NewestAsync("none", _ => true, cancellationToken)));
        var verified = await TimeAsync(
            async () => Require((await store.Audit.VerifyAsync(cancellationToken)).Count == 0, "the chain is broken"));
        var digest = await Timed.RunAsync(store.Folder, "sha256sum", ["audit.jsonl"], cancellationToken);
        results.Add(new($"VerifyAudit of {large.Entries:N0} entries", verified, "sha256sum of the file", digest, 40));
        results.AddRange(await SyncAsync(store, runs, size, cancellationToken));
        return [.. results];
    }

    private static async Task<BenchmarkResult> OfCommandAsync(
        Checkout checkout, string size, string[] command, string peer, double seconds, CancellationToken cancellationToken,
        double goal = 1) =>
        new(
            $"./build.sh {string.Join(' ', command)}, {size}",
            await Timed.BestAsync(Times, () => Timed.RunAsync(checkout.Folder, checkout.Script, command, cancellationToken)),
            peer, seconds, goal);

    private static async Task<IReadOnlyList<BenchmarkResult>> SyncAsync(
        MlOpsStore store, int runs, string size, CancellationToken cancellationToken)
    {
        var remote = Path.Combine(Path.GetDirectoryName(store.Folder)!, "team.git");
        var branch = new SharedBranch(remote, store);
        Tell("the branch filled", await TimeAsync(() => branch.FillAsync(cancellationToken)));
        Tell("compared with the team the first time", await TimeAsync(() => PublishAsync(store, branch, cancellationToken)));
        var loose = await NewsAsync(store, branch, runs, cancellationToken);
        Tell("packed", await TimeAsync(() => TeamState.Of(store, branch.Options, TimeProvider.System).PackAsync(cancellationToken)));
        Tell("compared with the packs", await TimeAsync(() => PublishAsync(store, branch, cancellationToken)));
        var packed = await NewsAsync(store, branch, runs + (Times * News), cancellationToken);
        return
        [
            new($"sync of {News} new facts, {size}", loose, Allowed, 2, 1),
            new($"the same with a packed branch, {size}", packed, Allowed, 2, 1),
            new(
                $"the same, {size}", loose, "git read-tree, update-index, write-tree, push",
                await ByGitAsync(remote, cancellationToken), 1.5),
        ];
    }

    private static async Task<double> NewsAsync(MlOpsStore store, SharedBranch branch, int from, CancellationToken cancellationToken)
    {
        var best = double.PositiveInfinity;
        for (var time = 0; time < Times; time++)
        {
            await AddAsync(store, from + (time * News), cancellationToken);
            var seconds = await TimeAsync(() => PublishAsync(store, branch, cancellationToken));
            Tell("ten new facts", seconds);
            best = Math.Min(best, seconds);
        }

        return best;
    }

    // What git itself does for ten files more: without a work tree, which would take longer.
    private static async Task<double> ByGitAsync(string remote, CancellationToken cancellationToken)
    {
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"set -e; cd '{remote}'; export GIT_INDEX_FILE=$PWD/bench.index; git read-tree {RemoteOptions.DefaultBranch}; b=$(echo x | git hash-object -w --stdin); for i in 1 2 3 4 5 6 7 8 9 10; do git update-index --add --cacheinfo 100644,$b,runs/20990101/$i.json; done; t=$(git write-tree); c=$(git -c user.name=b -c user.email=b@invalid commit-tree $t -p {RemoteOptions.DefaultBranch} -m x); git push --quiet . $c:refs/heads/peer");
        return await Timed.RunAsync(remote, "bash", ["-c", script], cancellationToken);
    }

    private static async Task AddAsync(MlOpsStore store, int from, CancellationToken cancellationToken)
    {
        for (var number = from; number < from + News / 2; number++)
        {
            await store.Runs.SaveAsync(LargeStore.Run(number), cancellationToken);
            await store.Audit.AppendAsync("ci", "monitor", "Pipeline0/local", "ten more", [], cancellationToken);
        }
    }

    private static async Task PublishAsync(MlOpsStore store, SharedBranch branch, CancellationToken cancellationToken)
    {
        var team = TeamState.Of(store, branch.Options, TimeProvider.System);
        var pulled = await team.PullAsync(cancellationToken);
        var report = await team.PublishAsync(cancellationToken);
        Require(
            report is { Reached: true, Unsent: 0 } && pulled.Reached && report.Findings.Count == 0,
            $"{report.Problem} {string.Join("; ", report.Findings)}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Tell(string what, double seconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"     {what}: {seconds:0.000} s"));
}
