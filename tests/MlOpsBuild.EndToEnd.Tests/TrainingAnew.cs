using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A schedule that trains when it pays, and asks people before anything serves.</summary>
public sealed class TrainingAnew(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private const string Fewer = "simulation-days=600";

    [Fact]
    public async Task New_rows_make_a_version_and_a_pull_request_with_its_report_and_nothing_serves_it()
    {
        using var gitHub = new FakeGitHub();
        await Checkout.DeployAsync("--set", Fewer);
        RunsFor(gitHub);

        var quiet = (await Checkout.RunAsync("Retrain", "--set", Fewer)).Expect(0);
        var trained = (await Checkout.RunAsync("Retrain")).Expect(0);
        var again = (await Checkout.RunAsync("Retrain")).Expect(0);

        quiet.Output.ShouldContain("BikeDemand/local v1 is not trained anew: no reason to: v1 is ");
        quiet.Output.ShouldContain("14,400 rows against 14,400, 10% more are wanted; loss");
        trained.Output.ShouldContain("trained anew: Data: 17,544 rows, 14,400 when v1 was made: 21.8% more, 10% are enough");
        trained.Output.ShouldContain("opened: https://github.com/acme/shop/pull/1");
        trained.Output.ShouldContain("v2 passed its gates; nobody deploys it but you");
        again.Output.ShouldMatch("but it was trained .* ago, and the policy waits a day");

        var change = gitHub.Branches.Changes.ShouldHaveSingleItem();
        (change.Branch, change.Title).ShouldBe(("mlops/retrain-BikeDemand", "BikeDemand v2, trained anew"));
        change.Body.ShouldContain("./build.sh Deploy --pipeline BikeDemand --model-version 2");
        change.Body.ShouldContain("RMSE not worse than champion");
        gitHub.Branches.Files(change.Branch).Keys.ShouldBe(["README.md", "pipelines/BikeDemand/version.json"], ignoreOrder: true);
        gitHub.Branches.Files(change.Branch)["pipelines/BikeDemand/version.json"].ShouldContain("\"version\": 2");
        (await Checkout.ChampionAsync()).ShouldBe(1);
        (await Checkout.Store.Runs.LatestAsync(Checkout.Pipeline, run => run.Triggers != null, CancellationToken.None))!
            .Triggers.ShouldBe(["Data: 17,544 rows, 14,400 when v1 was made: 21.8% more, 10% are enough"]);
        (await Checkout.AuditAsync()).Last(entry => entry.Action == "retrain").Details["change"].ShouldEndWith("/pull/1");
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task A_candidate_that_is_no_better_is_told_and_proposed_to_nobody()
    {
        using var gitHub = new FakeGitHub();
        await Checkout.DeployAsync();
        RunsFor(gitHub);

        var worse = (await Checkout.RunAsync("Retrain", "--now", "--set", "trees=5")).Expect(0);
        var same = (await Checkout.RunAsync("Retrain", "--now")).Expect(0);

        worse.Output.ShouldContain("trained anew: Manual: somebody asked for it");
        worse.Output.ShouldContain("no version is proposed: The gates of BikeDemand did not pass (Failed)");
        same.Output.ShouldContain("trained anew it is v1 again, which serves: nothing new was learnt");
        gitHub.Branches.Changes.ShouldBeEmpty();
        (await Checkout.Store.Versions(Checkout.Pipeline).AllAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (await Checkout.AuditAsync()).Where(entry => entry.Action == "retrain").Select(entry => entry.Details["outcome"][..6])
            .ShouldBe(["Failed", "the sa"]);
    }

    private void RunsFor(FakeGitHub gitHub)
    {
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["CI"] = "true", ["GITHUB_ACTIONS"] = "true", ["GITHUB_EVENT_NAME"] = "schedule",
            ["GITHUB_API_URL"] = gitHub.Address.ToString(),
            ["GITHUB_SERVER_URL"] = "https://github.example", ["GITHUB_REPOSITORY"] = gitHub.Repository,
            ["GITHUB_SHA"] = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed", ["GITHUB_RUN_ID"] = "99", ["GITHUB_RUN_NUMBER"] = "7",
            ["GITHUB_TOKEN"] = gitHub.Token,
        })
        {
            Checkout.Environment[name] = value;
        }
    }
}
