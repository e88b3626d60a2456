using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>CI=true: 'local' is a rehearsal.</summary>
public sealed class OnABuildServer(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task A_deployment_ends_with_the_build_and_makes_no_champion()
    {
        Checkout.Environment["CI"] = "true";

        var rehearsed = await Checkout.DeployAsync();

        rehearsed.Output.ShouldContain("REHEARSAL");
        Checkout.Processes().ShouldBeEmpty();
        (await Checkout.ChampionAsync()).ShouldBeNull();
        (await Checkout.DeploymentsAsync())[0].Rehearsal!.Answered.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_champion_stays_as_it_is()
    {
        await Checkout.DeployAsync("--set", Checkout.Weaker);
        (await Checkout.RunAsync("Stop")).Expect(0);
        Checkout.Environment["CI"] = "true";

        await Checkout.DeployAsync();

        (await Checkout.DeploymentsAsync())[0].Outcome.ShouldBe(DeploymentOutcome.Promoted);
        (await Checkout.ChampionAsync()).ShouldBe(1);
        Checkout.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task No_address_is_offered_that_is_gone_already()
    {
        Checkout.Environment["CI"] = "true";

        (await Checkout.DeployAsync()).Output.ShouldNotContain("try: curl");
    }

    [Fact]
    public async Task Deploy_alone_ships_nothing_that_was_not_asked_for()
    {
        Checkout.Environment["CI"] = "true";

        (await Checkout.RunAsync("Deploy")).Expect(2);

        Directory.Exists(Path.Combine(Checkout.Root, ".mlops")).ShouldBeFalse();
    }
}
