using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Online.Tests;

/// <summary>Against a real server.</summary>
public sealed class RedisOnlineStoreTests
{
    [RedisFact]
    public async Task It_keeps_the_contract()
    {
        using var redis = await RedisServer.StartAsync();
        await using var writer = Store(redis);
        await using var reader = Store(redis);

        await OnlineStoreContract.KeepAsync(writer, reader);
    }

    [RedisFact]
    public async Task Nobody_finds_some_of_both()
    {
        using var redis = await RedisServer.StartAsync();
        await using var writer = Store(redis);
        await using var reader = Store(redis);

        await OnlineStoreContract.ReplaceAsync(writer, reader);
    }

    [RedisFact]
    public async Task Pipelines_and_environments_do_not_see_one_another()
    {
        using var redis = await RedisServer.StartAsync();
        await using var one = Store(redis);
        await using var other = new RedisOnlineStore(redis.Connection, "Other.local", TimeProvider.System);

        await one.WriteAsync("weather", OnlineStoreContract.State with { Count = 0 }, [], CancellationToken.None);

        (await one.StateAsync("weather", CancellationToken.None)).ShouldNotBeNull();
        (await other.StateAsync("weather", CancellationToken.None)).ShouldBeNull();
    }

    [RedisFact]
    public async Task One_that_hangs_is_given_up_soon_and_found_again()
    {
        using var redis = await RedisServer.StartAsync();
        await using var store = Store(redis, patience: 0.5);
        await AnswersAsync(store);

        redis.Hang();
        var began = Stopwatch.GetTimestamp();
        var problem = await Should.ThrowAsync<StageFailedException>(store.FindAsync([new("weather", ["a"])], CancellationToken.None));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        problem.Findings.Single().Code.ShouldBe("MLB1301");

        redis.GoOn();
        await AnswersAsync(store);
    }

    [RedisFact]
    public async Task A_wrong_password_is_told_and_shown_nowhere()
    {
        using var redis = await RedisServer.StartAsync();
        await using var store = new RedisOnlineStore(
            redis.Connection.Replace(RedisServer.Password, "wr0ng-password", StringComparison.Ordinal), "Rides.local", TimeProvider.System);

        var problem = await Should.ThrowAsync<StageFailedException>(store.StateAsync("weather", CancellationToken.None));
        problem.ToString().ShouldNotContain("wr0ng-password");
        problem.Findings.Single().Code.ShouldBe("MLB1301");
    }

    [Fact]
    public async Task One_that_is_not_there_is_told_soon()
    {
        await using var store = new RedisOnlineStore("127.0.0.1:1,password=hidden", "Rides.local", TimeProvider.System);

        var began = Stopwatch.GetTimestamp();
        var problem = await Should.ThrowAsync<StageFailedException>(store.FindAsync([new("weather", ["a"])], CancellationToken.None));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        problem.Message.ShouldNotContain("hidden");
    }

    [Fact]
    public void What_is_no_connection_string_is_not_shown() =>
        Should.Throw<UsageException>(() => new RedisOnlineStore("host,connectTimeout=s3cret", "Rides.local", TimeProvider.System))
            .ToString().ShouldNotContain("s3cret");

    // Tests run beside anything.
    private static RedisOnlineStore Store(RedisServer redis, double patience = 20) =>
        new(redis.Connection, "Rides.local", TimeProvider.System, TimeSpan.FromSeconds(patience));

    private static async Task AnswersAsync(RedisOnlineStore store)
    {
        for (var patience = 0; patience < 200; patience++)
        {
            try
            {
                await store.FindAsync([new("weather", ["a"])], CancellationToken.None);
                return;
            }
            catch (StageFailedException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("The store is not found again.");
    }
}
