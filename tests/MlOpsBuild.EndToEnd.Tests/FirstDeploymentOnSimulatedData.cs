using System.Net;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A fresh checkout, no data, one command.</summary>
public sealed class FirstDeploymentOnSimulatedData(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task One_command_ends_with_a_serving_address()
    {
        var deployed = await Checkout.DeployAsync();

        deployed.Output.ShouldContain("SIMULATED");
        deployed.Output.ShouldMatch(@"\| Deploy\s+\| Succeeded \|");
        deployed.Output.TrimEnd().Split('\n')[^1].ShouldStartWith("+--", customMessage: "the summary comes last");
        using var caller = new Caller(deployed.Address);
        var answer = await caller.PredictAsync();
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Version.ShouldBe(1);
        answer.Body.ShouldContain("\"prediction\":");
    }

    [Fact]
    public async Task A_rehearsed_fault_without_a_champion_does_not_become_the_champion()
    {
        await Checkout.RunAsync("Train", "Deploy", "--inject-fault", "predictions=1.3x");

        (await Checkout.ChampionAsync()).ShouldBeNull("a version made bad on purpose serves as the champion");
    }
}
