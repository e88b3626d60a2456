using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Gateway.Tests;

public sealed class RouteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerLog _log;

    public RouteStoreTests() => _log = new(_folder["server.log"], TimeProvider.System);

    private string File => _folder["routes.json"];

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_gateway_that_starts_again_goes_on_with_the_routes_in_force()
    {
        using (var store = Open())
        {
            store.Replace(0, GatewayWorld.Alone(3, 8080)).Done.ShouldBeTrue();
        }

        using var again = Open();

        (again.Current.Generation, again.Current.Baseline).ShouldBe((1, new Upstream(3, 8080)));
    }

    [Fact]
    public void A_trial_does_not_outlive_its_gateway_since_nobody_renews_its_lease()
    {
        using (var store = Open())
        {
            store.Replace(0, GatewayWorld.Trial(8080, 8081, 50));
        }

        using var again = Open();

        (again.Current.Generation, again.Current.Canary, again.Current.Baseline!.Version, again.Current.Change!.Kind)
            .ShouldBe((2, null, 1, RouteChangeKind.LeaseEnded));
    }

    [Fact]
    public void Of_two_changes_from_the_same_routes_one_is_made()
    {
        using var store = Open();

        var done = Enumerable.Range(1, 50)
            .AsParallel()
            .WithDegreeOfParallelism(8)
            .Count(version => store.Replace(0, GatewayWorld.Alone(version, 8080)).Done);

        (done, store.Current.Generation).ShouldBe((1, 1));
    }

    [Fact]
    public void Traffic_moves_although_the_disk_takes_nothing()
    {
        System.IO.Directory.CreateDirectory(File + ".tmp");
        using var store = Open();

        store.Replace(0, GatewayWorld.Alone(3, 8080)).Done.ShouldBeTrue();

        store.Current.Baseline!.Version.ShouldBe(3);
    }

    [Fact]
    public void A_damaged_file_is_told_and_nothing_is_guessed()
    {
        System.IO.File.WriteAllText(File, "{ half");

        using var store = Open();

        store.Current.ShouldBe(RouteTable.Empty);
    }

    private RouteStore Open() => new(File, TimeProvider.System, _log);
}
