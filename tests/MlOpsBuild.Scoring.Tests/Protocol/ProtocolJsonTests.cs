using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Protocol.Tests;

/// <summary>What processes tell each other survives the way.</summary>
public sealed class ProtocolJsonTests
{
    [Fact]
    public void What_was_seen_is_read_as_written()
    {
        var batch = new TrafficBatch(
            7, 12, 1, [new(0.25, 3, TrafficArm.Canary, new(1.5, 2.25, null), new(9, null, BadEvent.Refused), 5)], [new(3.5, null, 2)]);

        var copy = CanonicalJson.Deserialize<TrafficBatch>(CanonicalJson.Serialize(batch));

        (copy.Generation, copy.Next, copy.Lost).ShouldBe((7, 12, 1));
        copy.Requests.ShouldBe(batch.Requests);
        copy.Labels.ShouldBe(batch.Labels);
    }

    [Fact]
    public void Routes_are_read_as_written()
    {
        var change = new RouteChange("id", RouteChangeKind.Rollback, 2, 1, "on call", "complaints", DateTimeOffset.UnixEpoch, "deployment");
        var routes = new RouteTable
        {
            Generation = 3, Baseline = new(1, 8080, "options"), Warm = [new(2, 8081)], Sticky = new("X-User", null),
            Contract = new([new("x", FieldKind.Real)], ["x"]), Change = change
        };

        var copy = CanonicalJson.Deserialize<RouteTable>(CanonicalJson.Serialize(routes));

        (copy.Generation, copy.Baseline, copy.Sticky, copy.Change).ShouldBe((3, routes.Baseline, routes.Sticky, change));
        copy.Warm.ShouldBe(routes.Warm);
        copy.Contract!.Columns.ShouldBe(routes.Contract.Columns);
    }

    [Fact]
    public void A_model_servers_orders_are_read_as_written()
    {
        var orders = new ModelServerOptions(
            new("id", "token", "ready", "log", "program", DateTimeOffset.UnixEpoch), "BikeDemand", 7, "model.json",
            Digest.Of("x").ToString(), new FaultOptions(0.5, 3, 1.3));

        (CanonicalJson.Deserialize<ModelServerOptions>(CanonicalJson.Serialize(orders)) with
        {
            Known = orders.Known, Origin = orders.Origin
        })
            .ShouldBe(orders);
    }
}
