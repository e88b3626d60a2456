using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Deployments.Tests;

public sealed class LiveCanaryFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    private MlOpsStore Store => MlOpsStore.At(_folder.Path, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void While_it_goes_on_others_see_how_far_it_has_come_and_then_nothing()
    {
        using (var file = Begin())
        {
            LiveCanaryFile.Read(Store, "Demand", "local").ShouldBeNull("nobody looked yet");
            file.Report(Look(1, 100));
            file.Report(Look(11, 1100));

            var live = LiveCanaryFile.Read(Store, "Demand", "local")!;
            (live.Pipeline, live.Environment, live.Version, live.Looks.Count).ShouldBe(("Demand", "local", 4, 2));
            live.Looks[^1].Seen.Requests.ShouldBe(1100);
            LiveCanaryFile.Read(Store, "Demand", "docker").ShouldBeNull();
        }

        LiveCanaryFile.Read(Store, "Demand", "local").ShouldBeNull();
    }

    [Fact]
    public void It_is_written_at_most_once_a_second_and_thinned_out_when_it_is_long()
    {
        using var file = Begin();
        file.Report(Look(1, 1));
        file.Report(Look(1.5, 2));
        LiveCanaryFile.Read(Store, "Demand", "local")!.Looks.Count.ShouldBe(1);

        for (var second = 2; second < 1000; second++)
        {
            file.Report(Look(second, second));
        }

        var looks = LiveCanaryFile.Read(Store, "Demand", "local")!.Looks;
        looks.Count.ShouldBeInRange(60, 121);
        looks[^1].Seen.Requests.ShouldBe(999);
    }

    [Fact]
    public void Where_it_cannot_be_written_the_canary_goes_on()
    {
        Directory.CreateDirectory(Store.Folder);
        File.WriteAllText(Path.Combine(Store.Folder, "live"), "in the way");
        using var file = Begin();

        Should.NotThrow(() => file.Report(Look(1, 1)));
        LiveCanaryFile.Read(Store, "Demand", "local").ShouldBeNull();
    }

    [Fact]
    public void A_file_that_was_torn_is_no_canary()
    {
        Directory.CreateDirectory(Path.Combine(Store.Folder, "live"));
        File.WriteAllText(Path.Combine(Store.Folder, "live", "Demand.local.json"), "{ \"pipeline\": ");

        LiveCanaryFile.Read(Store, "Demand", "local").ShouldBeNull();
    }

    [Theory]
    [InlineData(1000, 10, 70)]
    [InlineData(8000, 10, 0)]
    [InlineData(9000, 10, 0)]
    public void What_is_left_follows_from_the_rate_so_far(int requests, double seconds, double left) =>
        new LiveCanary("Demand", "local", 4, new CanaryPolicy(), [Look(0, 0), Look(seconds, requests)]).Left!.Value.TotalSeconds
            .ShouldBe(left, 1e-9);

    [Fact]
    public void Without_requests_nobody_knows_how_long_it_takes()
    {
        new LiveCanary("Demand", "local", 4, new CanaryPolicy(), [Look(0, 0), Look(5, 0)]).Left.ShouldBeNull();
        new LiveCanary("Demand", "local", 4, new CanaryPolicy(), [Look(0, 0)]).Left.ShouldBeNull();
    }

    private LiveCanaryFile Begin() => new(Store, "Demand", "local", 4, new CanaryPolicy());

    private static CanaryLook Look(double second, int requests) => new(
        Start.AddSeconds(second), 5, new(requests, 0, 0, 0, 0, [], null, null, null, 0), CanaryDecision.Continue, "not enough yet");
}
