using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Dashboard.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Dashboard.State.Tests;

public sealed class StateFeedTests
{
    private readonly CountingBuild _build = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task However_many_ask_at_once_it_looks_once_in_a_pause()
    {
        await using var feed = new StateFeed(_build, TimeSpan.FromSeconds(1), _time);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => feed.NowAsync(CancellationToken.None)));
        _build.Looks.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        await feed.NowAsync(CancellationToken.None);
        _build.Looks.ShouldBe(2);
    }

    [Fact]
    public async Task A_look_that_failed_is_made_again()
    {
        await using var feed = new StateFeed(_build, TimeSpan.FromSeconds(1), _time);
        _build.Fails = true;
        await Should.ThrowAsync<IOException>(() => feed.NowAsync(CancellationToken.None));
        _build.Fails = false;

        (await feed.NowAsync(CancellationToken.None)).Places.Count.ShouldBe(2);
    }

    private sealed class CountingBuild : IDashboardBuild
    {
        private int _looks;

        public int Looks => _looks;

        public bool Fails { get; set; }

        public async Task<DashboardState> LookAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            Interlocked.Increment(ref _looks);
            return Fails ? throw new IOException("busy") : Example.State;
        }

        public Task<string?> TellAsync(VersionTopic topic, string pipeline, int version, CancellationToken cancellationToken) =>
            Task.FromResult<string?>(null);

        public Task<DashboardAnswer> ActAsync(DashboardAct act, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
