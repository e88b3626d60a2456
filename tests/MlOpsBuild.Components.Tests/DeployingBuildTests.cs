using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Tests;

public sealed class DeployingBuildTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("CI")]
    [InlineData("GITHUB_ACTIONS")]
    public async Task On_a_build_server_nothing_ships_that_was_not_asked_for(string server)
    {
        _run.Environment[server] = "true";

        (await _run.RunAsync<DeployingBuild>("Deploy")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Deploy");
        _run.Output.ShouldContain("Nothing was run");
        Directory.Exists(Path.Combine(_run.Root, ".mlops")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("true", "Train", "Deploy")]
    [InlineData("true", "Deploy", "--model-version", "1")]
    [InlineData("false", "Deploy")]
    public async Task A_deployment_that_was_asked_for_is_planned(string server, params string[] arguments)
    {
        _run.Environment["CI"] = server;

        (await _run.RunAsync<DeployingBuild>([.. arguments, "--plan"])).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("Deploy");
    }

    [Fact]
    public async Task A_registered_version_needs_no_training()
    {
        await _run.RunAsync<DeployingBuild>("Deploy", "--model-version", "7");

        (await _run.RecordsAsync()).SelectMany(record => record.Stages).ShouldBeEmpty();
    }

    [Fact]
    public async Task Gates_that_pass_give_evidence_and_a_report_of_it()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel", "Report")).ShouldBe(0, _run.Output);

        var record = (await _run.RecordsAsync()).ShouldHaveSingleItem();
        (record.Verdict, record.Champion).ShouldBe((Verdict.Passed, null));
        Directory.GetFiles(Path.Combine(_run.Root, ".mlops", "reports", record.Id)).Select(Path.GetFileName)
            .ShouldBe(["report.html", "report.json", "report.junit.xml", "report.md", "report.schema.json"], ignoreOrder: true);
        File.ReadAllText(Path.Combine(_run.Root, ".mlops", "reports", record.Id, "report.md")).ShouldContain("The data is simulated");
    }

    [Fact]
    public async Task A_missing_server_program_is_a_wrong_call_that_names_the_parameter()
    {
        (await _run.RunAsync<DeployingBuild>("Package", "--server", Path.Combine(_run.Root, "no-server"))).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("The server program is missing");
        _run.Output.ShouldContain("--server");
    }

    [Fact]
    public async Task A_rollback_asks_why()
    {
        (await _run.RunAsync<DeployingBuild>("Rollback")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Reason");
    }
}
