using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class MonitorResultStoreTests : IDisposable
{
    private static readonly DateTime At = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();

    private MonitorResultStore Results => new(MlOpsStore.At(_folder.Path, TimeProvider.System));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_newest_of_each_place_is_found_again()
    {
        await Results.SaveAsync(Result("Demand", "local", 2), CancellationToken.None);
        await Results.SaveAsync(Result("Demand", "local", 3), CancellationToken.None);
        await Results.SaveAsync(Result("Demand", "docker", 4), CancellationToken.None);
        await Results.SaveAsync(Result("Churn", "local", 5), CancellationToken.None);

        (await Results.FindAsync("Demand", "local", CancellationToken.None))!.Version.ShouldBe(3);
        (await Results.OfAsync("Demand", CancellationToken.None)).Select(result => result.Version).ShouldBe([3, 4], ignoreOrder: true);
    }

    [Fact]
    public async Task Where_nobody_looked_or_nobody_can_read_it_there_is_none()
    {
        (await Results.FindAsync("Demand", "local", CancellationToken.None)).ShouldBeNull();
        (await Results.OfAsync("Demand", CancellationToken.None)).ShouldBeEmpty();
        await Results.SaveAsync(Result("Demand", "local", 3), CancellationToken.None);
        await File.WriteAllTextAsync(
            Directory.GetFiles(_folder.Path, "Demand.local.json", SearchOption.AllDirectories).Single(), "{ \"pipeline\": ");

        (await Results.FindAsync("Demand", "local", CancellationToken.None)).ShouldBeNull();
        (await Results.OfAsync("Demand", CancellationToken.None)).ShouldBeEmpty();
    }

    private static MonitorResult Result(string pipeline, string environment, int version) =>
        new(pipeline, environment, version, At.AddDays(-1), At, 9, 9, [new("loss", Verdict.Failed, "mean 8")]);
}
