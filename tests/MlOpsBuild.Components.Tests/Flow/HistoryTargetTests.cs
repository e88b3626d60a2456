using System.Text.Json;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class HistoryTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(
        "2020-01-10 14:30",
        "SmallDemand: v1 served at 2020-01-10 14:30:00 UTC, since 2020-01-10 14:00:00 UTC until 2020-01-10 17:00:00 UTC, put there by carl: reason 1")]
    [InlineData("2020-01-10T16:30:00+02:00", "SmallDemand: v1 served at 2020-01-10 14:30:00 UTC, since")]
    [InlineData(
        "2020-01-10 17:00:00",
        "SmallDemand: v2 served at 2020-01-10 17:00:00 UTC, since 2020-01-10 17:00:00 UTC and serves still, put there by carl: reason 2")]
    [InlineData("2020-01-11", "SmallDemand: v2 served at 2020-01-11 00:00:00 UTC")]
    [InlineData(
        "2020-01-10 13:59", "SmallDemand: nothing served at 2020-01-10 13:59:00 UTC; the first version came at 2020-01-10 14:00:00 UTC")]
    public async Task It_answers_which_version_served_then(string at, string answer)
    {
        await FillAsync();

        (await _run.RunAsync<DeployingBuild>("History", "--at", at)).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain(answer);
    }

    [Fact]
    public async Task That_it_was_stopped_then_is_said()
    {
        await FillAsync();
        await _run.Store.Audit.AppendAsync("dan", "stop", "SmallDemand/local", "asked for", [], CancellationToken.None);

        await _run.RunAsync<DeployingBuild>("History", "--at", DateTimeOffset.UtcNow.AddSeconds(-1).ToString("yyyy-MM-dd HH:mm:ss"));
        _run.Output.ShouldNotContain("stopped");
        await _run.RunAsync<DeployingBuild>("History", "--at", DateTimeOffset.UtcNow.ToString("O"));
        _run.Output.ShouldContain("But SmallDemand/local was stopped by dan at ");
    }

    [Theory]
    [InlineData("yesterday", "Not a time")]
    [InlineData("2020-13-45", "Not a time")]
    [InlineData("2999-01-01", "That time has not come yet")]
    public async Task A_time_that_is_none_or_not_yet_is_a_wrong_call(string at, string what)
    {
        await FillAsync();

        (await _run.RunAsync<DeployingBuild>("History", "--at", at)).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain(what);
    }

    [Fact]
    public async Task Where_nothing_was_ever_deployed_it_is_a_wrong_call_that_says_how()
    {
        (await _run.RunAsync<DeployingBuild>("History")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Nothing was ever deployed");
    }

    [Fact]
    public async Task Every_move_is_listed_by_time_with_who_and_why()
    {
        await FillAsync();
        await _run.Store.RegisterAsync(1, "Other");
        _run.Store.Move(1, null, 1, 3, "Other");

        (await _run.RunAsync<DeployingBuild>("History")).ShouldBe(0, _run.Output);

        var rows = _run.Output.Split('\n').Where(line => line.Contains("champion", StringComparison.Ordinal)).ToList();
        rows.Count.ShouldBe(3);
        rows[0].ShouldContain("2020-01-10 14:00:00");
        rows[1].ShouldContain("Other");
        rows[2].ShouldContain("v2");
        rows.ShouldAllBe(row => row.Contains("carl", StringComparison.Ordinal) && row.Contains("reason", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_pipeline_alone_is_asked_by_its_name()
    {
        await FillAsync();
        await _run.Store.RegisterAsync(1, "Other");
        _run.Store.Move(1, null, 1, 3, "Other");

        await _run.RunAsync<DeployingBuild>("History", "--at", "2020-01-11", "--pipeline", "SmallDemand");

        _run.Output.ShouldContain("SmallDemand: v2");
        _run.Output.ShouldNotContain("Other:");
    }

    [Fact]
    public async Task As_json_moves_and_answers_can_be_read_by_programs()
    {
        await FillAsync();

        await _run.RunAsync<DeployingBuild>("History", "--as", "json", "--verbosity", "quiet");
        using (var moves = JsonDocument.Parse(_run.Output))
        {
            moves.RootElement.EnumerateArray().Select(move => move.GetProperty("move").GetProperty("to").GetInt32()).ShouldBe([1, 2]);
        }

        await _run.RunAsync<DeployingBuild>("History", "--at", "2020-01-10 14:30", "--as", "json", "--verbosity", "quiet");
        using var answers = JsonDocument.Parse(_run.Output);
        var answer = answers.RootElement.EnumerateArray().ShouldHaveSingleItem();
        (answer.GetProperty("pipeline").GetString(), answer.GetProperty("version").GetInt32()).ShouldBe(("SmallDemand", 1));
    }

    private async Task FillAsync()
    {
        await _run.Store.RegisterAsync(2);
        _run.Store.Move(1, null, 1, 2);
        _run.Store.Move(2, 1, 2, 5);
    }
}
