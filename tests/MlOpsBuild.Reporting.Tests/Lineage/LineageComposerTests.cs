using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.Lineage.Tests;

public sealed class LineageComposerTests
{
    [Fact]
    public void It_walks_from_what_serves_to_data_commit_and_parameters() =>
        LineageExample.Walk(LineageExample.Compose()).Select(step => $"{step.Kind} {step.Name}").ShouldBe(
        [
            "version BikeDemand v2", $"deployment {Example.Deployment.Id}", $"bundle {Digest.Of("bundle")}", $"model {Digest.Of("model")}",
            $"run {Example.Run.Id}",
            $"data {Digest.Of("data")}", "commit 0123456789abcdef0123456789abcdef01234567",
            $"parameters {Digest.Of(CanonicalJson.Serialize(LineageExample.Run.Parameters)).Abbreviated}",
        ]);

    [Fact]
    public void It_says_who_and_when_of_promotion_deployment_and_run()
    {
        var lineage = LineageExample.Compose();

        (
            LineageExample.Fact(lineage, "champion since"), LineageExample.Fact(lineage, "put there by"),
            LineageExample.Fact(lineage, "because"))
            .ShouldBe(("2026-11-21 14:00:00 UTC", "carl", "better"));
        var deployment = LineageExample.Find(lineage, "deployment");
        (LineageExample.Fact(deployment, "who"), LineageExample.Fact(deployment, "when"), LineageExample.Fact(deployment, "outcome"))
            .ShouldBe(("bob", "2026-11-21 12:00:00 UTC", "Promoted"));
        LineageExample.Fact(deployment, "address").ShouldBe("http://127.0.0.1:5000/");
        var run = LineageExample.Find(lineage, "run");
        (LineageExample.Fact(run, "who"), LineageExample.Fact(run, "when"), LineageExample.Fact(run, "targets"))
            .ShouldBe(("ann", "2026-11-21 12:00:00 UTC", "Train Deploy"));
    }

    [Fact]
    public void It_says_with_what_the_model_was_made_and_how_good_it_was()
    {
        var lineage = LineageExample.Compose();

        var run = LineageExample.Find(lineage, "run");
        (
            LineageExample.Fact(run, "RMSE"), LineageExample.Fact(run, "gates"), LineageExample.Fact(run, "champion then"),
            LineageExample.Fact(run, "os"))
            .ShouldBe(("42.1235", "Passed", "v1", "Linux"));
        var data = LineageExample.Find(lineage, "data");
        (LineageExample.Fact(data, "source"), LineageExample.Fact(data, "rows"), LineageExample.Fact(data, "contract"))
            .ShouldBe(("hour.csv", "17,379", Digest.Of("contract").ToString()));
        var commit = LineageExample.Find(lineage, "commit");
        (LineageExample.Fact(commit, "branch"), LineageExample.Fact(commit, "changed beside it")).ShouldBe(("main", "no"));
        var parameters = LineageExample.Find(lineage, "parameters");
        (LineageExample.Fact(parameters, "l2"), LineageExample.Fact(parameters, "seed")).ShouldBe(("1", "7"));
        LineageExample.Fact(LineageExample.Find(lineage, "model"), "judged against model").ShouldBe(Digest.Of("former model").ToString());
    }

    [Fact]
    public void A_run_that_is_not_here_is_said_and_named()
    {
        var lineage = LineageComposer.Compose("BikeDemand", LineageExample.Version, [], [], run: null);

        var run = LineageExample.Find(lineage, "run");
        (run.Name, LineageExample.Fact(run, "record"), run.From.Count).ShouldBe((Example.Run.Id, "not on this machine", 0));
        (LineageExample.Fact(lineage, "champion"), LineageExample.Fact(lineage, "champion since")).ShouldBe(("never", null));
    }

    [Fact]
    public void What_a_run_does_not_know_is_said_and_not_made_up()
    {
        var run = new Store.Runs.RunRecord { Id = "run", Pipeline = "BikeDemand", Started = Example.Start };

        var lineage = LineageComposer.Compose("BikeDemand", LineageExample.Version, [], [], run);

        (LineageExample.Find(lineage, "data").Name, LineageExample.Find(lineage, "commit").Name)
            .ShouldBe(("unknown", "not in a repository"));
        LineageExample.Find(lineage, "commit").Facts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "yes")]
    [InlineData(false, "no")]
    [InlineData(null, null)]
    public void Changes_beside_the_commit_are_said_where_they_are_known(bool? dirty, string? said)
    {
        var lineage = LineageComposer.Compose(
            "BikeDemand", LineageExample.Version, [], [], LineageExample.Run with { Source = new("abc", null, dirty) });

        var commit = LineageExample.Find(lineage, "commit");
        (LineageExample.Fact(commit, "changed beside it"), LineageExample.Fact(commit, "branch")).ShouldBe((said, null));
    }

    [Fact]
    public void A_version_that_was_taken_back_says_from_when_until_when_and_why()
    {
        var lineage = LineageExample.Compose([.. LineageExample.Moves, LineageExample.Move(2, 1, 5, AliasMoveKind.Rollback, "complaints")]);

        (LineageExample.Fact(lineage, "champion since"), LineageExample.Fact(lineage, "was champion from"))
            .ShouldBe((null, "2026-11-21 14:00:00 UTC"));
        LineageExample.Fact(lineage, "until").ShouldBe("2026-11-21 17:00:00 UTC, rollback by carl: complaints");
    }

    [Fact]
    public void A_version_that_came_back_is_champion_since_it_came_back()
    {
        var lineage = LineageExample.Compose(
        [
            .. LineageExample.Moves, LineageExample.Move(2, 3, 5), LineageExample.Move(3, 2, 6, AliasMoveKind.Rollback, "v3 was bad")
        ]);

        (LineageExample.Fact(lineage, "champion since"), LineageExample.Fact(lineage, "because"), LineageExample.Fact(lineage, "until"))
            .ShouldBe(("2026-11-21 18:00:00 UTC", "v3 was bad", null));
    }

    [Fact]
    public void Of_several_deployments_the_newest_that_served_is_the_one()
    {
        var newest = LineageExample.Deployment with { Id = "newest", Outcome = DeploymentOutcome.RolledBack };
        var served = LineageExample.Deployment with { Id = "served", Outcome = DeploymentOutcome.FirstServed };
        var oldest = LineageExample.Deployment with { Id = "oldest" };
        var other = LineageExample.Deployment with { Id = "other", Version = 3 };

        LineageExample.Find(LineageExample.Compose(deployments: [other, newest, served, oldest]), "deployment").Name.ShouldBe("served");
    }

    [Theory]
    [InlineData(DeploymentOutcome.RolledBack)]
    [InlineData(DeploymentOutcome.Inconclusive)]
    [InlineData(DeploymentOutcome.Stopped)]
    public void A_deployment_that_never_served_is_no_step(DeploymentOutcome outcome) =>
        LineageExample.Walk(LineageExample.Compose(deployments: [LineageExample.Deployment with { Outcome = outcome }]))
            .ShouldNotContain(step => step.Kind == "deployment");

    [Theory]
    [InlineData(true, "simulated")]
    [InlineData(false, "measured")]
    public void It_says_whether_the_data_was_measured(bool simulated, string said) =>
        LineageExample.Fact(LineageExample.Compose(version: LineageExample.Version with { Simulated = simulated }), "data kind")
            .ShouldBe(said);
}
