using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Content.Tests;

public sealed class FileLockTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_second_waits_until_the_first_lets_go()
    {
        var first = await AcquireAsync(Patience);
        var waiting = AcquireAsync(Patience);
        waiting.IsCompleted.ShouldBeFalse();

        first.Dispose();

        using var second = await waiting;
        await Should.ThrowAsync<StageFailedException>(AcquireAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Patience_that_runs_out_says_which_lock_and_for_how_long()
    {
        using var held = await AcquireAsync(Patience);
        var waiting = AcquireAsync(Patience);

        _time.Advance(Patience);

        var failure = await Should.ThrowAsync<StageFailedException>(waiting);
        failure.ExitCode.ShouldBe(ExitCodes.TargetBroke);
        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("Another build holds the lock");
        finding.Where.ShouldBe(_folder["a/b.lock"]);
        finding.Expected.ShouldNotBeNull().ShouldContain("30 s");
        finding.Fix.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_first_keeps_it_when_the_second_gives_up()
    {
        using var held = await AcquireAsync(Patience);

        await Should.ThrowAsync<StageFailedException>(AcquireAsync(TimeSpan.Zero));

        await Should.ThrowAsync<StageFailedException>(AcquireAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var held = await AcquireAsync(Patience);
        using var source = new CancellationTokenSource();
        var waiting = FileLock.AcquireAsync(_folder["a/b.lock"], Patience, _time, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task A_living_process_keeps_others_out_and_a_killed_one_does_not()
    {
        using var owner = await OtherProcess.StartAsync("lock", _folder["a/b.lock"]);
        await Should.ThrowAsync<StageFailedException>(AcquireAsync(TimeSpan.Zero));

        await owner.KillAsync();

        using var mine = await AcquireAsync(TimeSpan.Zero);
    }

    /// <summary>A disk that is read-only was taken for another build, and waited for.</summary>
    [SmallDiskFact]
    public async Task A_store_that_is_read_only_is_called_that_at_once()
    {
        using var disk = new SmallDisk();
        (await FileLock.AcquireAsync(Path.Combine(disk.Path, "b.lock"), Patience, TimeProvider.System, CancellationToken.None)).Dispose();
        using (var remount = System.Diagnostics.Process.Start("mount", ["-o", "remount,ro", disk.Path]))
        {
            await remount.WaitForExitAsync();
        }

        var refusal = await Should.ThrowAsync<UsageException>(
            FileLock.AcquireAsync(Path.Combine(disk.Path, "b.lock"), TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None));

        refusal.Findings[0].What.ShouldBe("The store cannot be written");
        refusal.Findings[0].Value.ShouldNotBeNull().ShouldContain("Read-only file system");
    }

    [Fact]
    public async Task Whoever_waits_is_told_for_whom()
    {
        var told = new Told();
        using var held = await AcquireAsync(Patience);

        var failure = await Should.ThrowAsync<StageFailedException>(
            FileLock.AcquireAsync(_folder["a/b.lock"], TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None, told));

        var owner = $"process {Environment.ProcessId} of {Environment.UserName} since 2026-11-21 12:00:00 UTC";
        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe(owner);
        told.Lines.ShouldHaveSingleItem().ShouldStartWith($"waiting for {owner}");
    }

    private sealed class Told : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value) => Lines.Add(value);
    }

    [Fact]
    public async Task Only_one_at_a_time_is_inside()
    {
        var inside = 0;

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(async () =>
        {
            using var held = await AcquireAsync(Patience);
            Interlocked.Increment(ref inside).ShouldBe(1);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));

        inside.ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_at_once()
    {
        File.WriteAllText(_folder["a"], "a file, not a folder");

        var failure = await Should.ThrowAsync<UsageException>(AcquireAsync(Patience));

        failure.Message.ShouldContain(_folder["a/b.lock"]);
    }

    private Task<FileLock> AcquireAsync(TimeSpan patience) =>
        FileLock.AcquireAsync(_folder["a/b.lock"], patience, _time, CancellationToken.None);
}
