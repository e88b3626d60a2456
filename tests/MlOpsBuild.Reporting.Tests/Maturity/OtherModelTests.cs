using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Maturity.Tests;

public sealed class OtherModelTests
{
    private static readonly RunRecord Whole = new()
    {
        Id = "r1", Pipeline = "Demand", Started = Example.Start, Rows = 100, Model = Digest.Of("m"), Bundle = Digest.Of("b"), Version = 1,
        Data = Digest.Of("d"), Source = new("0123456789abcdef", "main", false), Gates = [Example.Gate("RMSE", Verdict.Passed)],
        Machine = new Dictionary<string, string> { ["server"] = "GitHub" }, Triggers = ["Loss: loss: rose"],
    };

    private static readonly MaturityFacts All = new(
        [Whole], [Example.Deployment],
        [new(1, Example.Start, "ann", "monitor", "Demand/local", "", [], Digest.Of(""))], true);

    public static TheoryData<string, int, int> Lacking => new()
    {
        { "rows", 0, 4 }, { "gates", 0, 4 }, { "data", 0, 2 }, { "source", 0, 0 }, { "server", 1, 0 }, { "triggers", 0, 3 },
        { "drift only by schedule", 2, 3 }, { "bundle", 2, 1 }, { "promotion", 1, 2 }, { "monitoring", 1, 3 },
    };

    [Fact]
    public void With_all_of_it_the_highest_levels_are_supported() =>
        OtherModel.Of(All).Select(model => (model.Supported, model.NextMissing)).ShouldBe([(2, null), (4, null)]);

    [Theory]
    [MemberData(nameof(Lacking))]
    public void What_is_lacking_keeps_a_level_and_those_above_from_being_supported(string what, int google, int microsoft)
    {
        var facts = what switch
        {
            "rows" => Of(Whole with { Rows = null }),
            "gates" => Of(Whole with { Gates = [Example.Gate("RMSE", Verdict.Failed)] }),
            "data" => Of(Whole with { Data = null }),
            "source" => Of(Whole with { Source = null }),
            "server" => Of(Whole with { Machine = new Dictionary<string, string>() }),
            "triggers" => Of(Whole with { Triggers = null }),
            "drift only by schedule" => Of(Whole with { Triggers = ["Schedule: 31 days old"] }),
            "bundle" => Of(Whole with { Bundle = null }),
            "promotion" => All with { Deployments = [Example.Deployment with { Outcome = DeploymentOutcome.RolledBack }] },
            _ => All with { Audit = [] },
        };

        OtherModel.Of(facts).Select(model => model.Supported).ShouldBe([google, microsoft]);
        OtherModel.Of(facts).Count(model => model.NextMissing != null).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Evidence_says_where_to_look()
    {
        var pieces = OtherModel.Of(All).SelectMany(model => model.Pieces)
            .ToDictionary(piece => $"{piece.Level} {piece.Piece}", piece => piece.Evidence);

        pieces["3 traceable from what serves back to data"].ShouldBe($"v1: run r1, data {Digest.Of("d").Abbreviated}, commit 0123456789ab");
        pieces["1 automated builds"].ShouldBe("run r1 on GitHub");
        pieces["4 retraining triggered by drift or decay"].ShouldBe("run r1: Loss: loss: rose");
        pieces["2 what serves monitored"].ShouldBe("audit entry 1");
    }

    private static MaturityFacts Of(RunRecord run) => All with { Runs = [run] };
}
