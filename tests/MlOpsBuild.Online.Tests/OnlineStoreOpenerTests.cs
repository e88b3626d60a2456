using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Online.Tests;

public sealed class OnlineStoreOpenerTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["FEATURES"] = "127.0.0.1:6379,password=hidden" };
    private static readonly OnlineStoreOpener Opener = new("features", "Rides.local", Variables.GetValueOrDefault, TimeProvider.System);

    [Fact]
    public async Task It_opens_what_a_pipeline_names()
    {
        await using var files = Opener.Open(OnlineStore.Files);
        await using var redis = Opener.Open(OnlineStore.Redis("FEATURES"));

        files.ShouldBeOfType<FileOnlineStore>();
        redis.ShouldBeOfType<RedisOnlineStore>();
    }

    [Fact]
    public void A_variable_that_is_not_set_is_named() =>
        Should.Throw<UsageException>(() => Opener.Open(OnlineStore.Redis("OTHER"))).Findings.Single().Value.ShouldBe("OTHER");
}
