using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A version that is bad in service, by each kind of badness.</summary>
public sealed class RehearsedFaults(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public Task Are_rolled_back_with_counts_and_an_e_value() =>
        RequireRolledBackAsync("errors=0.05", @"^Error: \d+ of \d+ in the canary against \d+ of \d+; e-value ");

    [Fact]
    [Trait("Category", "Nightly")]
    public Task That_are_wrong_predictions_are_too() => RequireRolledBackAsync(
        "predictions=1.5x", @"^worse by more than 10%: mean loss .* against .* on \d+ requests that both answered; e-value ");

    [Fact]
    [Trait("Category", "Nightly")]
    public Task So_is_one_that_is_only_slow() =>
        RequireRolledBackAsync("latency=300ms", @"^Slow: \d+ of \d+ in the canary against \d+ of \d+; e-value ");

    private async Task RequireRolledBackAsync(string fault, string reason)
    {
        var before = await Checkout.DeployAsync();
        var servers = Checkout.Processes();

        var faulty = (await Checkout.RunAsync("Train", "Deploy", "--inject-fault", fault)).Expect(3);

        faulty.Output.ShouldContain("REHEARSAL of a fault");
        var deployment = (await Checkout.DeploymentsAsync())[0];
        deployment.Outcome.ShouldBe(DeploymentOutcome.RolledBack);
        deployment.Reason.ShouldMatch(reason);
        var last = deployment.Looks[^1];
        last.Decision.ShouldBe(CanaryDecision.Rollback);
        Math.Max(last.Seen.Loss!.LogHarm, last.Seen.Metrics.Max(metric => metric.LogHarm)).ShouldBeGreaterThanOrEqualTo(Math.Log(40));
        deployment.Rehearsal!.Answered.ShouldBe(deployment.Rehearsal.Sent);
        await ChampionServesAsync(before.Address);
        Checkout.Processes().ShouldBe(servers, "the faulty server is gone, the others are as they were");
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Never_take_over_even_when_the_canary_bears_them()
    {
        await Checkout.DeployAsync();
        var servers = Checkout.Processes();

        var borne = await Checkout.RunAsync("Train", "Deploy", "--inject-fault", "latency=1ms");

        Checkout.Processes().ShouldBe(servers, $"a server made bad on purpose went on serving:\n{borne.Output}");
        (await Checkout.Store.Versions(Checkout.Pipeline).HistoryAsync(EnvironmentAlias.Champion, CancellationToken.None))
            .Count.ShouldBe(1);
    }

    [Fact]
    public async Task That_are_none_are_named_with_the_ones_there_are() =>
        (await Checkout.RunAsync("Train", "Deploy", "--inject-fault", "smoke"))
            .Expect(2)
            .Output.ShouldContain("errors=0.05, latency=300ms or predictions=1.3x");

    private async Task ChampionServesAsync(Uri address)
    {
        (await Checkout.ChampionAsync()).ShouldBe(1);
        (await Checkout.RunAsync("Status")).Output.ShouldMatch(@"\| v1\s+\| champion\s+\| 100 %");
        using var caller = new Caller(address);
        for (var i = 0; i < 20; i++)
        {
            ((int)(await caller.PredictAsync()).Status).ShouldBe(200);
        }
    }
}
