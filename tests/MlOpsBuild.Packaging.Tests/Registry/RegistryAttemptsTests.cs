using System.Security.Authentication;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryAttemptsTests : IDisposable
{
    private static readonly Digest Some = Digest.Of("some");
    private readonly DateTimeOffset _start;
    private readonly RegistryWorld _world = new();

    public RegistryAttemptsTests() => _start = _world.Time.GetUtcNow();

    private FakeRegistry Registry => _world.Registry;

    private TimeSpan Waited => _world.Time.GetUtcNow() - _start;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        Registry.Before = _ => Registry.Exchanges.Count < 5 ? FakeRegistry.Answer(status) : null;

        (await _world.Client.ExistsAsync(Some, CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(501)]
    [InlineData(505)]
    [InlineData(507)]
    public async Task What_does_not_pass_is_not_tried_again(int status)
    {
        Registry.Before = _ => FakeRegistry.Answer(status);

        await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Some, CancellationToken.None));

        Registry.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_five_attempts_the_finding_counts_what_happened()
    {
        Registry.Before = _ => Registry.Exchanges.Count switch
        {
            1 => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (registry.test:5000)"),
            2 or 4 => FakeRegistry.Answer(503, """{"errors":[{"code":"UNAVAILABLE","message":"starting"}]}"""),
            3 => throw new HttpRequestException(HttpRequestError.NameResolutionError),
            _ => throw new HttpRequestException(HttpRequestError.ResponseEnded),
        };

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Some, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe($"Could not look for blob {Some.Abbreviated} in 5 attempts");
        finding.Where.ShouldBe("http://registry.test:5000/team/mlops");
        finding.Value.ShouldBe(
            "no connection: Connection refused (registry.test:5000); 2 times 503 Service Unavailable (UNAVAILABLE: starting); host name not found; connection cut");
        finding.Fix.ShouldNotBeNull().ShouldContain("can be reached from here");
        failure.Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task A_registry_that_answers_but_fails_is_looked_into_there()
    {
        Registry.Before = _ => FakeRegistry.Answer(500);

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Some, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain("registry's log");
    }

    [Fact]
    public async Task The_number_of_attempts_is_an_option()
    {
        using var world = new RegistryWorld(options: new() { Attempts = 2 });
        world.Registry.Before = _ => FakeRegistry.Answer(500);

        await Should.ThrowAsync<StageFailedException>(world.Client.ExistsAsync(Some, CancellationToken.None));

        world.Registry.Exchanges.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pauses_double_with_jitter_up_to_the_longest()
    {
        var moments = await MomentsAsync(seed: 1);

        var pauses = moments.Zip(moments.Skip(1), (before, after) => (after - before).TotalSeconds).ToList();
        double[] full = [1, 2, 4, 8, 10, 10];
        pauses.Count.ShouldBe(full.Length);
        pauses.Zip(full).ShouldAllBe(pair => pair.First >= pair.Second / 2 && pair.First <= pair.Second);
    }

    [Fact]
    public async Task The_jitter_is_its_seeds()
    {
        var first = await MomentsAsync(seed: 1);

        (await MomentsAsync(seed: 1)).ShouldBe(first);
        (await MomentsAsync(seed: 2)).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("Sat, 21 Nov 2026 12:00:45 GMT", 45)]
    public async Task The_pause_that_is_asked_for_is_made_in_either_form(string retryAfter, int seconds)
    {
        Registry.Before = _ => Registry.Exchanges.Count == 1 ? FakeRegistry.Answer(429, "", ("Retry-After", retryAfter)) : null;

        await _world.Client.ExistsAsync(Some, CancellationToken.None);

        Waited.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT")]
    [InlineData("whenever")]
    public async Task A_registry_that_asks_for_no_pause_is_given_one_all_the_same(string retryAfter)
    {
        Registry.Before = _ => Registry.Exchanges.Count == 1 ? FakeRegistry.Answer(503, "", ("Retry-After", retryAfter)) : null;

        await _world.Client.ExistsAsync(Some, CancellationToken.None);

        Waited.ShouldBeInRange(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task A_pause_longer_than_the_patience_ends_it_and_says_when_to_come_back()
    {
        Registry.Before = _ => FakeRegistry.Answer(429, "", ("Retry-After", "3600"));

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Some, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldEndWith("asks to come back in 3600 s");
        Registry.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_silent_connection_counts_as_cut()
    {
        var address = RegistryAddress.Parse("registry.test/a");
        using var client = new RegistryClient(
            address, null, new SilentHandler(), _world.Time, new() { LongestSilence = TimeSpan.FromMilliseconds(5) });

        var failure = await Should.ThrowAsync<StageFailedException>(client.ExistsAsync(Some, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("5 times nothing heard for 0.005 s");
    }

    [Fact]
    public async Task A_download_that_falls_silent_goes_on_where_it_was()
    {
        using var world = new RegistryWorld(options: new() { LongestSilence = TimeSpan.FromMilliseconds(50) });
        var blob = world.Registry.Add(Blob.Of(3000));
        world.Registry.Before = _ =>
        {
            if (world.Registry.Exchanges.Count > 1)
            {
                return null;
            }

            var response = FakeRegistry.Answer(200);
            response.Content = new StreamContent(new StallingStream(blob.Content, 1000));
            return response;
        };

        (await world.PullAsync(blob)).ShouldBeTrue();

        world.Registry.Exchanges[1].Range.ShouldBe("bytes=1000-");
    }

    [Fact]
    public async Task A_connection_that_is_not_made_in_time_is_tried_again()
    {
        Registry.Before = _ => throw new TaskCanceledException(
            "no", new TimeoutException("A connection could not be established within the configured ConnectTimeout."));

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Some, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("5 times no connection in time");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_not_tried_again()
    {
        Registry.Before = _ => throw new HttpRequestException(
            HttpRequestError.SecureConnectionError, "no", new AuthenticationException("The remote certificate is invalid: UntrustedRoot"));

        var failure = await Should.ThrowAsync<StageFailedException>(_world.Client.ExistsAsync(Some, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.Value.ShouldBe("The remote certificate is invalid: UntrustedRoot");
        finding.Fix.ShouldNotBeNull().ShouldContain("certificate authority");
        Registry.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_hangs_stops_at_once_when_cancelled()
    {
        var address = RegistryAddress.Parse("registry.test/a");
        using var stopping = new CancellationTokenSource();
        using var client = new RegistryClient(address, null, new SilentHandler(stopping.Cancel), _world.Time);

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(client.TagsAsync(stopping.Token));

        cancelled.CancellationToken.ShouldBe(stopping.Token);
    }

    [Fact]
    public async Task A_pause_stops_at_once_when_cancelled()
    {
        using var stopping = new CancellationTokenSource();
        var address = RegistryAddress.Parse("registry.test/a");
        Registry.Before = _ => FakeRegistry.Answer(503, "", ("Retry-After", "299"));
        using var client = new RegistryClient(address, null, Registry, new StandingTime(stopping.Cancel));

        await Should.ThrowAsync<OperationCanceledException>(client.TagsAsync(stopping.Token));

        Registry.Exchanges.Count.ShouldBe(1);
    }

    private static async Task<List<DateTimeOffset>> MomentsAsync(ulong seed)
    {
        using var world = new RegistryWorld(
            options: new() { Attempts = 7, FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(10), Seed = seed });
        var moments = new List<DateTimeOffset>();
        world.Registry.Before = _ =>
        {
            moments.Add(world.Time.GetUtcNow());
            return FakeRegistry.Answer(500);
        };
        await Should.ThrowAsync<StageFailedException>(world.Client.ExistsAsync(Some, CancellationToken.None));
        return moments;
    }

    /// <summary>Never answers.</summary>
    private sealed class SilentHandler(Action? onRequest = null) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            onRequest?.Invoke();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It was not cancelled.");
        }
    }

    /// <summary>A body that gives some bytes and then neither more nor its end.</summary>
    private sealed class StallingStream(byte[] content, int after) : MemoryStream(content, 0, after)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            await Task.Delay(count > 0 ? 0 : Timeout.Infinite, cancellationToken);
            return count;
        }
    }

    /// <summary>A clock on which no pause ever ends; tells when one begins.</summary>
    private sealed class StandingTime(Action onPause) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ThreadPool.QueueUserWorkItem(_ => onPause());
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
