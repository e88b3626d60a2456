using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Nothing changed: nothing is done, and that is said.</summary>
public sealed class TheSameCommandAgain(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task Executes_no_stage_and_starts_no_process()
    {
        await Checkout.DeployAsync();
        var servers = Checkout.Processes();
        var deployments = (await Checkout.DeploymentsAsync()).Count;

        var again = await Checkout.DeployAsync();

        again.Output.ShouldContain("0 stages executed, 0 processes started");
        var run = await Checkout.LastRunAsync();
        run.StagesExecuted.ShouldBe(
            0, string.Join(", ", run.Stages.Where(stage => !stage.Restored).Select(stage => $"{stage.Stage}: {stage.Reason}")));
        run.Stages.ShouldNotBeEmpty();
        run.ProcessesStarted.ShouldBe(0);
        servers.Count.ShouldBe(2, "a gateway and a model server");
        Checkout.Processes().ShouldBe(servers);
        (await Checkout.DeploymentsAsync()).Count.ShouldBe(deployments);
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Data_and_contract_are_compared_with_the_champions()
    {
        await Checkout.DeployAsync();

        (await Checkout.RunAsync("DataDiff", "champion")).Expect(0).Output.ShouldContain("The data are the same: every row");

        var record = Path.Combine(Checkout.Root, "pipelines", "BikeDemand", "BikeHour.cs");
        var before = await File.ReadAllTextAsync(record);
        await File.WriteAllTextAsync(
            record, before.Replace("Column(\"yr\"), Range(0, 50)", "Column(\"yr\"), Range(0, 49)", StringComparison.Ordinal));
        var refused = (await Checkout.RunAsync("ValidateData")).Expect(3).Output;
        refused.ShouldContain("A breaking change of the contract");
        refused.ShouldContain("[ContractVersion(2)]");
        (await Checkout.RunAsync("DataDiff", "v1")).Expect(3).Output.ShouldContain("values that were in range are refused");

        await File.WriteAllTextAsync(record, (await File.ReadAllTextAsync(record)).Replace(
            "public sealed record", "[ContractVersion(2)]\npublic sealed record", StringComparison.Ordinal));
        (await Checkout.RunAsync("ValidateData")).Expect(0).Output.ShouldContain("contract since v1");
    }

    [Fact]
    public async Task What_is_dead_is_started_again_without_a_canary()
    {
        await Checkout.DeployAsync();
        ProcessTable.Kill(Checkout.Processes("gateway"));
        ProcessTable.Kill(Checkout.Processes("serve"));
        (await Checkout.RunAsync("Status")).Expect(1).Output.ShouldContain("v1 should serve and does not");
        (await Checkout.RunAsync("Doctor", "--dry-run")).Expect(1).Output.ShouldContain("v1 should serve and does not");

        var again = await Checkout.DeployAsync();

        (await Checkout.DeploymentsAsync())[0].Outcome.ShouldBe(DeploymentOutcome.Restarted);
        using var caller = new Caller(again.Address);
        (await caller.PredictAsync()).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Another_port_is_not_ignored_in_silence()
    {
        await Checkout.DeployAsync();
        var port = FreePort.Next();

        var again = await Checkout.RunAsync("Train", "Deploy", "--port", port.ToString());

        again.Output.ShouldContain(port.ToString());
    }
}
