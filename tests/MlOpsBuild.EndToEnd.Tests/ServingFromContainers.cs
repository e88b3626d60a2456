using System.Text.RegularExpressions;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary><c>--environment docker</c>: the same commands, and nothing is left behind.</summary>
[Collection(nameof(UndisturbedCollection))]
public sealed partial class ServingFromContainers(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private static readonly string[] InDocker = ["--environment", "docker", "--no-image", "false"];

    [DockerEngineFact]
    public async Task A_version_is_deployed_replaced_by_canary_rolled_back_and_stopped_without_a_trace()
    {
        await using var engine = await DockerEngine.StartAsync();
        Checkout.Environment["DOCKER_HOST"] = engine.Host;

        var first = await Checkout.DeployAsync([.. InDocker, "--set", Checkout.Weaker]);
        using var caller = new Caller(new(Address().Match(first.Output).Value));
        (await caller.PredictAsync()).Version.ShouldBe(1);

        (await Checkout.DeployAsync(InDocker)).Output.ShouldContain("v2, Promoted");
        (await caller.PredictAsync()).Version.ShouldBe(2);
        (await Checkout.DeploymentsAsync()).Select(deployment => (deployment.Environment, deployment.Outcome))
            .ShouldBe([("docker", DeploymentOutcome.Promoted), ("docker", DeploymentOutcome.FirstServed)]);
        (await Checkout.ChampionAsync()).ShouldBeNull("nothing serves on local");

        // Another shell, which does not say where the engine is.
        Checkout.Environment.Remove("DOCKER_HOST");
        (await Checkout.RunAsync("Status")).Expect(0).Output.ShouldContain("docker");
        (await Checkout.RunAsync("Rollback", "--reason", "complaints")).Expect(0).Output.ShouldContain("v1 serves again instead of v2");
        (await caller.PredictAsync()).Version.ShouldBe(1);

        var container = (await engine.RunAsync("ps", "--quiet", "--filter", "label=dev.mlopsbuild.role=model")).Output.Trim();
        (await engine.RunAsync("kill", container)).Code.ShouldBe(0);
        (await Checkout.RunAsync("Status")).Expect(1).Output.ShouldContain("its container was killed from outside");
        (await Checkout.RunAsync(["Deploy", "--model-version", "1", .. InDocker]))
            .Expect(0)
            .Output.ShouldContain("put back in place without a canary");
        (await caller.PredictAsync()).Version.ShouldBe(1);

        (await Checkout.RunAsync("Stop")).Expect(0).Output.ShouldContain("containers ended");
        (await engine.RunAsync("ps", "--all", "--quiet")).Output.ShouldBeEmpty();
        (await engine.RunAsync("volume", "ls", "--quiet")).Output.ShouldBeEmpty();
        (await engine.RunAsync("network", "ls", "--filter", "type=custom", "--quiet")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_engine_and_an_unknown_environment_are_told_before_anything_is_moved()
    {
        Checkout.Environment["DOCKER_HOST"] = $"unix://{Path.Combine(Checkout.Runtime, "none.sock")}";

        (await Checkout.RunAsync(["Train", "Deploy", .. InDocker])).Expect(2).Output.ShouldContain("No container engine runs here");
        (await Checkout.RunAsync("Status", "--environment", "docker")).Expect(1).Output.ShouldContain("No container engine runs here");
        (await Checkout.RunAsync(["Train", "Deploy", "--environment", "moon"]))
            .Expect(2).Output.ShouldContain("local or docker or kubernetes");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();
}
