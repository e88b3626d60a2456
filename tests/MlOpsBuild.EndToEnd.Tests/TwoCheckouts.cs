using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>One machine, one user, two checkouts.</summary>
[Trait("Category", "Nightly")]
public sealed class TwoCheckouts(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task Do_not_disturb_each_other()
    {
        await using var other = await Repository.CheckOutAsync();
        other.Environment["XDG_RUNTIME_DIR"] = Checkout.Runtime; // one user has one runtime folder
        var here = (await Checkout.DeployAsync()).Address;
        var there = (await other.DeployAsync("--set", Checkout.Weaker)).Address;
        there.ShouldNotBe(here);
        (await other.RunAsync("Status")).Expect(0).Output.ShouldNotContain(here.ToString());

        (await other.RunAsync("Stop")).Expect(0).Output.ShouldContain("2 processes ended");

        (await Checkout.RunAsync("Status")).Expect(0).Output.ShouldContain($"{here}");
        using var caller = new Caller(here);
        ((int)(await caller.PredictAsync()).Status).ShouldBe(200);
    }
}
