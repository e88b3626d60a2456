using MlOpsBuild.EndToEnd.Tests.Actions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>A person starts the generated workflow by its form, on a runner of the team's own.</summary>
public sealed class DeliveryOnGitHub(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Reason = "complaints \"$(touch ran)\"; exit 9 ' ${{ github.token }}";
    private const string Serving = "BikeDemand .* v1 .* champion .* serving";

    [Fact]
    public async Task Rollback_acts_for_the_reason_given_and_outlives_its_job_and_the_next_checkout()
    {
        using var host = await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
        await Checkout.DeployAsync("--set", Checkout.Weaker, "--remote", $"{host.Folder}");
        await Checkout.DeployAsync("--remote", $"{host.Folder}");
        await using var runner = await Repository.CheckOutAsync();

        var run = await RunAsync(host, runner, host.Dispatch(new() { ["action"] = "rollback", ["reason"] = Reason }));

        run.Ran.ShouldBe(["rollback"]);
        run["rollback"].ExitCodes.ShouldBe([0], run["rollback"].Output);
        run["rollback"].Output.ShouldContain("v1 serves again instead of v2");
        run["rollback"].Output.ShouldContain($"reason: {Reason}");
        File.Exists(Path.Combine(runner.Root, "ran")).ShouldBeFalse();
        (await runner.RunAsync("Status")).Expect(0).Output.ShouldMatch(Serving);

        // The next job on the same machine removes everything that git does not know, the store with it.
        var packaged = (await RunAsync(host, runner, host.Push()))["package"];
        packaged.ExitCodes.ShouldBe([0], packaged.Output);
        (await runner.RunAsync("Status", "--remote", $"{host.Folder}")).Expect(0).Output.ShouldMatch(Serving);
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Command_in_a_comment_rolls_back_on_the_machine_that_serves_and_the_host_lists_it()
    {
        await DeliverAsync(Checkout);
        using var host = await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
        host.GitHub.Permissions["ann"] = "write";
        await Checkout.DeployAsync("--set", Checkout.Weaker, "--remote", $"{host.Folder}");
        await Checkout.DeployAsync("--remote", $"{host.Folder}");
        await using var hosted = await Repository.CheckOutAsync();
        await DeliverAsync(hosted);
        using var files = await GeneratedFiles.OfAsync<CiVariants.Delivering>();

        var run = await new ActionsRunner(host).RunAsync(
            files.Workflow("mlops-commands"), host.Comment($"/mlops rollback {Reason}", "ann", "NONE"),
            job => Task.FromResult(job.Id == "rollback" ? ActionsMachine.Own(Checkout) : ActionsMachine.Hosted(hosted)));

        run.Ran.ShouldBe(["command", "rollback"], run["command"].Output);
        run["rollback"].ExitCodes.ShouldBe([0], run["command"].Output + run["rollback"].Output);
        run["rollback"].Output.ShouldContain("v1 serves again instead of v2");
        run["rollback"].Output.ShouldContain($"reason: {Reason}");
        host.GitHub.Deployments.ShouldHaveSingleItem().GetProperty("environment").GetString().ShouldBe("BikeDemand/local");
        host.GitHub.DeploymentStatuses.ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("success");
        (await Checkout.AuditAsync())[^1].Actor.ShouldBe("ann");
    }

    [Fact]
    public async Task Deployment_serves_when_its_job_is_over()
    {
        using var host = await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
        (await Checkout.RunAsync("Package", "--remote", $"{host.Folder}")).Expect(0);

        var run = await RunAsync(host, Checkout, host.Dispatch(new() { ["action"] = "deploy", ["model-version"] = "1" }));

        run.Ran.ShouldBe(["deploy"]);
        run["deploy"].ExitCodes.ShouldBe([0], run["deploy"].Output);
        (await Checkout.RunAsync("Status", "--remote", $"{host.Folder}")).Expect(0).Output.ShouldMatch(Serving);
    }

    // This repository's own build class does not deliver.
    private static async Task DeliverAsync(Checkout checkout)
    {
        var build = Path.Combine(checkout.Root, "build", "Build.cs");
        await File.WriteAllTextAsync(build, (await File.ReadAllTextAsync(build)).Replace(
            "CiHosts.GitLab)]", "CiHosts.GitLab, Delivers = true, DeliveryRunner = \"own\")]", StringComparison.Ordinal));
    }

    private static async Task<RunResult> RunAsync(ActionsHost host, Checkout runner, ActionsEvent happened)
    {
        using var files = await GeneratedFiles.OfAsync<CiVariants.Delivering>();
        return await new ActionsRunner(host).RunAsync(files.Workflow("mlops"), happened, _ => Task.FromResult(ActionsMachine.Own(runner)));
    }
}
