using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Protocol.Tests;

/// <summary>What processes tell each other survives the way.</summary>
public sealed class ProtocolJsonTests
{
    [Fact]
    public void Counts_by_kind_are_read_as_written()
    {
        var counts = new EpochCounts(3, 0.25, ArmCounts.None, new(10, 4, new Dictionary<BadEvent, int> { [BadEvent.Slow] = 2, [BadEvent.TooHigh] = 1 }));

        var copy = CanonicalJson.Deserialize<EpochCounts>(CanonicalJson.Serialize(counts));

        copy.Canary.Of(BadEvent.Slow).ShouldBe(2);
        copy.Canary.Of(BadEvent.TooHigh).ShouldBe(1);
        copy.Canary.Of(BadEvent.Error).ShouldBe(0);
        copy.Canary.Requests.ShouldBe(10);
        copy.Canary.Labels.ShouldBe(4);
        copy.CanaryShare.ShouldBe(0.25);
        copy.Epoch.ShouldBe(3);
    }

    [Fact]
    public void Routes_without_a_canary_are_read_as_written()
    {
        var routes = new RouteTable(1, new(2, 8080), null, 0, new(100, null, 5.5));

        CanonicalJson.Deserialize<RouteTable>(CanonicalJson.Serialize(routes)).ShouldBe(routes);
    }

    [Fact]
    public void A_model_servers_orders_are_read_as_written()
    {
        var orders = new ModelServerOptions(new("id", "token", "ready", "log"), "BikeDemand", 7, "model.json", Digest.Of("x").ToString(), new FaultOptions(0.5, 3, 1.3));

        CanonicalJson.Deserialize<ModelServerOptions>(CanonicalJson.Serialize(orders)).ShouldBe(orders);
    }
}
