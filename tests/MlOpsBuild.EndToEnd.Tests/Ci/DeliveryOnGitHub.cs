using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Actions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>A person starts the generated workflow by its form, on a runner of the team's own.</summary>
public sealed class DeliveryOnGitHub(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Reason = "complaints \"$(touch /tmp/ran)\"; exit 9 ' ${{ github.token }}";

    [Fact]
    public async Task Rollback_puts_the_version_before_back_for_the_reason_that_was_given()
    {
        using var host = await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
        await Checkout.DeployAsync("--set", Checkout.Weaker, "--remote", $"{host.Folder}");
        await Checkout.DeployAsync("--remote", $"{host.Folder}");
        await using var runner = await Repository.CheckOutAsync();

        var run = await RunAsync(host, runner, new() { ["action"] = "rollback", ["reason"] = Reason });

        run.Ran.ShouldBe(["rollback"]);
        run["rollback"].ExitCodes.ShouldBe([0], run["rollback"].Output);
        run["rollback"].Output.ShouldContain("v1 serves again instead of v2");
        run["rollback"].Output.ShouldContain($"reason: {Reason}");
        run["rollback"].Orphans.ShouldBeEmpty("what serves ends with the job");
        (await runner.ChampionAsync()).ShouldBe(1);
        File.Exists("/tmp/ran").ShouldBeFalse();
    }

    [Fact]
    public async Task Deployment_serves_when_the_job_is_over()
    {
        using var host = await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
        (await Checkout.RunAsync("Package", "--remote", $"{host.Folder}")).Expect(0);
        await using var runner = await Repository.CheckOutAsync();

        var run = await RunAsync(host, runner, new() { ["action"] = "deploy", ["model-version"] = "1" });

        run.Ran.ShouldBe(["deploy"]);
        run["deploy"].ExitCodes.ShouldBe([0], run["deploy"].Output);
        run["deploy"].Output.ShouldContain("serves predictions at");
        run["deploy"].Orphans.ShouldBeEmpty("what serves ends with the job");
        (await runner.ChampionAsync()).ShouldBe(1);
    }

    private static async Task<RunResult> RunAsync(ActionsHost host, Checkout runner, JsonObject inputs)
    {
        using var files = await GeneratedFiles.OfAsync<CiVariants.Delivering>();
        return await new ActionsRunner(host).RunAsync(files.Workflow("mlops"), host.Dispatch(inputs), _ => Task.FromResult(ActionsMachine.Own(runner)));
    }
}
