using System.Text;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What builds did is in MLflow when they have ended, and no build fails for it that was not told to.</summary>
public sealed class MirrorTargetTests : IAsyncLifetime, IDisposable
{
    private readonly TestRun _run = new();
    private FakeMlflow _server = null!;

    public async Task InitializeAsync() => _server = await FakeMlflow.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _run.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task What_a_build_trained_and_tested_is_there_when_it_ends()
    {
        (await RunAsync("TestModel", "Report", "--set", "l2=2")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain($"MLflow {_server.Address}: 1 run");
        var (record, there) = ((await _run.RecordsAsync()).ShouldHaveSingleItem(), _server.Runs.ShouldHaveSingleItem());
        (there.Status, there.Tags["mlops.run"], there.Tags["mlops.verdict"]).ShouldBe(("FINISHED", record.Id, "Passed"));
        there.Parameters["l2"].ShouldBe("2");
        there.Tags["mlops.simulated"].ShouldBe("true");
        var rmse = record.Metrics.Single(metric => metric.Name == "RMSE");
        there.HistoryOf("RMSE").ShouldBe([rmse.Value]);
        there.HistoryOf("RMSE.upper").ShouldBe([rmse.Interval!.Upper]);
        there.Inputs.ShouldHaveSingleItem()["dataset"]!["schema"]!.GetValue<string>().ShouldContain("\"name\":\"temp\"");
        _server.Artifacts.Keys.Select(path => path.Split("/artifacts/")[1]).ShouldBe(
        [
            "contract.json", "evidence.json", "report/report.html", "report/report.json", "report/report.md", "run.json",
        ]);
        _server.Models.ShouldBeEmpty("nothing was packaged");
    }

    [Fact]
    public async Task A_gate_that_says_no_is_a_failed_run_there_and_the_exit_code_stays_the_gates()
    {
        (await RunAsync("TestModel", "--set", "worst-rmse=0.1")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);

        var there = _server.Runs.ShouldHaveSingleItem();
        (there.Status, there.Tags["mlops.verdict"]).ShouldBe(("FAILED", "Failed"));
    }

    [Fact]
    public async Task A_server_that_is_away_is_one_line_and_the_next_build_sends_both()
    {
        await _server.GoAwayAsync(CancellationToken.None);
        (await RunAsync("Train")).ShouldBe(0, _run.Output);
        _run.Output.Split('\n').Where(line => line.Contains("MLflow")).ShouldHaveSingleItem().Trim().ShouldMatch(
            @"MLflow http://127\.0\.0\.1:\d+ does not have everything: no answer from 127\.0\.0\.1:\d+: .+\. "
            + "1 run waits; the next build with --mlflow, or Mirror, goes on\\.");

        await _server.ComeBackAsync(CancellationToken.None);
        (await RunAsync("Train", "--set", "l2=3")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain($"MLflow {_server.Address}: 2 runs");
        _server.Runs.Select(run => run.Parameters["l2"]).ShouldBe(["1", "3"], ignoreOrder: true);
    }

    [Fact]
    public async Task Where_the_mirror_is_required_a_server_that_is_away_fails_the_build()
    {
        await _server.GoAwayAsync(CancellationToken.None);

        (await RunAsync("Train", "--mlflow-required")).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("--mlflow-required: the build fails");
        (await _run.RecordsAsync()).ShouldHaveSingleItem().Model.ShouldNotBeNull("what was done is done");
        await _server.ComeBackAsync(CancellationToken.None);
        (await RunAsync("Train", "--mlflow-required")).ShouldBe(0, _run.Output);
    }

    [Fact]
    public async Task A_mirror_that_is_required_is_one_that_is_named()
    {
        (await _run.RunAsync<DeployingBuild>("Train", "--mlflow-required")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("[MLB7122]");
        (await _run.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_asked_by_targets_that_only_look()
    {
        await _run.Store.RegisterAsync(1);

        (await RunAsync("Status")).ShouldBe(0, _run.Output);
        (await RunAsync("Train", "--plan")).ShouldBe(0, _run.Output);

        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Aliases_follow_whatever_moved_them()
    {
        await _run.Store.RegisterAsync(2);
        _run.Store.Move(1, null, 1, 1);
        (await RunAsync("Sync", "--remote", "none")).ShouldNotBe(0, "there is no team");
        _server.Models[nameof(SmallDemand)].Aliases["champion"].ShouldBe("1");

        _run.Store.Move(2, 1, 2, 2);
        await RunAsync("VerifyAudit");

        _run.Output.ShouldContain("SmallDemand@champion is v2 (version 2 there, it was version 1)");
        _server.Models[nameof(SmallDemand)].Aliases["champion"].ShouldBe("2");
        _server.Models[nameof(SmallDemand)].Versions.Select(version => version.Tags["mlops.version"]).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Mirror_sends_the_whole_history_and_then_says_that_all_is_there()
    {
        await _run.Store.RegisterAsync(3);
        _run.Store.Move(1, null, 2, 1);

        (await RunAsync("Mirror")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain(": 3 runs, 3 versions, SmallDemand@champion is v2 (version ");
        _server.Models[nameof(SmallDemand)].Versions.Count.ShouldBe(3);
        (await RunAsync("Mirror")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain($"MLflow {_server.Address} has everything");
    }

    [Fact]
    public async Task Mirror_fails_where_the_server_does_not_take_it()
    {
        await _run.Store.RegisterAsync(1);
        _server.Authorization = "Bearer other";

        (await RunAsync("Mirror")).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("[MLB7121]");
        _run.Output.ShouldContain("401 UNAUTHENTICATED");
    }

    [Fact]
    public async Task Mirror_needs_a_server()
    {
        (await _run.RunAsync<DeployingBuild>("Mirror")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("[MLB7120]");
    }

    [Theory]
    [InlineData("localhost:5000", "MLB4050")]
    [InlineData("http://ann:geheim@127.0.0.1:1", "MLB4051")]
    public async Task A_wrong_address_is_told_before_anything_runs_and_no_password_is_repeated(string address, string code)
    {
        (await _run.RunAsync<DeployingBuild>("Train", "--mlflow", address)).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain($"[{code}]");
        (await _run.RecordsAsync()).ShouldBeEmpty();
        _run.Output.ShouldNotContain("geheim");
        Directory.GetFiles(_run.Root, "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("geheim"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_come_from_the_variables_of_MLflows_clients_and_are_never_shown()
    {
        _server.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:geheim"));
        _run.Environment["MLFLOW_TRACKING_USERNAME"] = "ann";
        _run.Environment["MLFLOW_TRACKING_PASSWORD"] = "geheim";

        (await RunAsync("Train", "--set", "l2=4", "--verbosity", "verbose")).ShouldBe(0, _run.Output);

        _server.Runs.ShouldHaveSingleItem();
        _run.Output.ShouldNotContain("geheim");
    }

    /// <summary>Whoever proposes a change does not move what MLflow says is served.</summary>
    [Fact]
    public async Task A_change_request_mirrors_its_runs_and_neither_versions_nor_aliases()
    {
        await _run.Store.RegisterAsync(1);
        _run.Store.Move(1, null, 1, 1);
        _run.Environment["GITHUB_EVENT_NAME"] = "pull_request";

        await RunAsync("VerifyAudit");
        _server.Requests.ShouldBeEmpty();
        (await RunAsync("Mirror")).ShouldBe(0, _run.Output);

        _server.Runs.ShouldHaveSingleItem();
        _server.Models.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_busy_server_is_waited_for()
    {
        _server.FailNext(2, 429);
        _server.FailNext(1, 500);

        (await RunAsync("Train")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain($"MLflow {_server.Address}: 1 run");
    }

    private Task<int> RunAsync(params string[] arguments) => _run.RunAsync<DeployingBuild>([.. arguments, "--mlflow", _server.Address]);
}
