using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

/// <summary>A store beside a server that refuses what MLflow refuses.</summary>
public sealed class MirrorTests : MirrorWorld
{
    [Fact]
    public async Task A_run_is_there_with_its_facts_files_and_data()
    {
        var run = await Store.KeepRunAsync();

        var report = await MirrorAsync(run.Id);

        (report.Runs, report.Versions, report.Waiting).ShouldBe((1, 0, 0));
        report.Problems.ShouldBeEmpty();
        Server.Experiments.Values.ShouldBe(["Demand"]);
        var there = Server.Runs.ShouldHaveSingleItem();
        (there.Status, there.Started, there.Ended - there.Started).ShouldBe(("FINISHED", Sample.Start.ToUnixTimeMilliseconds(), 3000));
        there.Tags["mlops.run"].ShouldBe(run.Id);
        there.Tags["mlflow.runName"].ShouldBe(run.Id);
        there.Parameters["trees"].ShouldBe("200");
        there.HistoryOf("RMSE").ShouldBe([41.5]);
        there.HistoryOf("RMSE.lower").ShouldBe([39.25]);
        there.Inputs.ShouldHaveSingleItem()["dataset"]!["digest"]!.GetValue<string>().ShouldBe(Sample.Data.Hex[..32]);
        Server.Artifacts.Keys.Select(path => path[(path.IndexOf("artifacts/", StringComparison.Ordinal) + 10)..])
            .ShouldBe(["contract.json", "evidence.json", "run.json"]);
        Server.Artifacts.Single(file => file.Key.EndsWith("run.json", StringComparison.Ordinal)).Value
            .ShouldBe(CanonicalJson.Serialize(run));
    }

    [Fact]
    public async Task The_same_once_more_is_looked_for_and_not_sent()
    {
        var run = await Store.KeepRunAsync();
        await MirrorAsync(run.Id);
        var before = Server.Requests.Count;

        var report = await MirrorAsync(run.Id);

        report.BroughtSomething.ShouldBeFalse();
        Server.Requests.Skip(before).ShouldBe(["GET mlflow/experiments/get-by-name", "POST mlflow/runs/search"]);
    }

    [Fact]
    public async Task Without_the_memory_theServer_is_asked_and_nothing_is_there_twice()
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(version.Number);
        await MirrorAsync(version.Run);
        Directory.Delete(Path.Combine(Store.Folder, "cache"), recursive: true);

        var report = await MirrorAsync(version.Run);

        report.BroughtSomething.ShouldBeFalse();
        Server.Runs.ShouldHaveSingleItem().HistoryOf("RMSE").ShouldBe([41.5]);
        Server.Models["Demand"].Versions.ShouldHaveSingleItem();
    }

    /// <summary>
    /// Whatever request is the one whose answer is lost, or before which the server goes away: the next mirroring goes on, and at the end
    /// everything is there once.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_short_anywhere_it_goes_on_where_it_stopped(bool losesAnswer)
    {
        var version = await Store.KeepVersionAsync();
        await Store.MoveAsync(version.Number);
        await MirrorAsync(version.Run);
        var (whole, requests) = (Picture(), Server.Requests.Count);
        requests.ShouldBeGreaterThan(12);
        for (var cut = 0; cut < requests; cut++)
        {
            using var before = Server;
            var (server, at, broken) = (await FakeMlflow.StartAsync(CancellationToken.None), cut, true);
            Server = server;
            if (losesAnswer)
            {
                server.LoseNextAnswer(_ => server.Requests.Count > at);
            }
            else
            {
                // Longer than anybody tries again.
                server.FailNext(100, 500, which: _ => broken && server.Requests.Count > at);
            }

            Directory.Delete(Path.Combine(Store.Folder, "cache"), recursive: true);
            var first = await MirrorAsync(version.Run);
            if (!losesAnswer)
            {
                first.Problems.ShouldHaveSingleItem();
                first.Waiting.ShouldBeLessThanOrEqualTo(1);
            }

            // The next build did something else.
            broken = false;
            (await MirrorAsync()).Problems.ShouldBeEmpty();
            (await MirrorAsync()).BroughtSomething.ShouldBeFalse();
            Picture().ShouldBe(whole, $"cut at request {cut}");
        }
    }

    [Fact]
    public async Task AServer_that_is_away_is_one_problem_and_the_run_waits()
    {
        var run = await Store.KeepRunAsync();
        await Server.GoAwayAsync(CancellationToken.None);

        var report = await MirrorAsync(run.Id);

        (report.Runs, report.Waiting).ShouldBe((0, 1));
        report.Problems.ShouldHaveSingleItem().ShouldContain("no answer from 127.0.0.1");
        await Server.ComeBackAsync(CancellationToken.None);
        (await MirrorAsync()).Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_was_postponed_goes_with_the_next_build()
    {
        var run = await Store.KeepRunAsync();
        await NewMirror().PostponeAsync([run.Id], CancellationToken.None);
        Server.Requests.ShouldBeEmpty();

        (await MirrorAsync()).Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_is_refused_does_not_keep_others_from_theirs()
    {
        var bad = await Store.KeepRunAsync();
        var good = await Store.KeepRunAsync();
        Server.FailNext(1, 404, which: call => call == "POST mlflow/runs/log-batch");

        var report = await MirrorAsync(bad.Id, good.Id);

        (report.Runs, report.Waiting).ShouldBe((1, 1));
        report.Problems.ShouldHaveSingleItem().ShouldStartWith($"run {bad.Id}: 404 RESOURCE_DOES_NOT_EXIST");
    }

    [Fact]
    public async Task Nobody_is_let_in_twice_for_each_run()
    {
        Server.Authorization = "Bearer other";
        var (first, second) = (await Store.KeepRunAsync(), await Store.KeepRunAsync());

        var report = await MirrorAsync(first.Id, second.Id);

        report.Problems.ShouldHaveSingleItem().ShouldContain("401 UNAUTHENTICATED");
        (report.Waiting, Server.Requests.Count).ShouldBe((2, 1));
    }

    [Fact]
    public async Task What_changed_of_a_run_since_is_sent_and_what_did_not_is_not()
    {
        var run = await Store.KeepRunAsync();
        await MirrorAsync(run.Id);
        await Store.Runs.SaveAsync(
            run with { Version = 7, Metrics = [.. run.Metrics, new("MAE", 30, Direction.LowerIsBetter, 336)] }, CancellationToken.None);

        (await MirrorAsync(run.Id)).Runs.ShouldBe(1);

        var there = Server.Runs.ShouldHaveSingleItem();
        there.Tags["mlops.version"].ShouldBe("7");
        there.HistoryOf("MAE").ShouldBe([30]);
        there.HistoryOf("RMSE").ShouldBe([41.5]);
    }

    [Fact]
    public async Task A_parameter_stays_what_it_was_and_that_is_told()
    {
        var run = await Store.KeepRunAsync();
        await MirrorAsync(run.Id);
        await Store.Runs.SaveAsync(run with { Parameters = new Dictionary<string, string> { ["trees"] = "300" } }, CancellationToken.None);

        var report = await MirrorAsync(run.Id);

        report.Problems.ShouldBeEmpty();
        report.Notes.ShouldHaveSingleItem().ShouldBe($"run {run.Id}: the parameter trees stays '200' there, it is '300'");
    }

    [Fact]
    public async Task More_parameters_and_metrics_than_a_request_holds_all_arrive()
    {
        var run = await Store.KeepRunAsync(run => run with
        {
            Parameters = Enumerable.Range(0, 350).ToDictionary(number => $"p{number}", number => new string('ö', 5000)),
            Metrics = [.. Enumerable.Range(0, 1100).Select(number => new MetricValue($"m{number}", number, Direction.LowerIsBetter, 1))],
        });

        (await MirrorAsync(run.Id)).Problems.ShouldBeEmpty();

        var there = Server.Runs.ShouldHaveSingleItem();
        there.Parameters.Count(parameter => parameter.Key.StartsWith('p')).ShouldBe(350);
        there.Metrics.Count(metric => metric.StartsWith('m') && metric != "model.bytes").ShouldBe(1100);
    }

    [Fact]
    public async Task What_somebody_deleted_there_stays_deleted()
    {
        var run = await Store.KeepRunAsync();
        await MirrorAsync(run.Id);
        Server.DeleteRun(Server.Runs.Single().Id);

        var report = await EverythingAsync();

        report.Problems.ShouldBeEmpty();
        report.Notes.ShouldHaveSingleItem().ShouldContain("was deleted there");
        Server.Runs.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AServer_that_hands_no_artifacts_through_gets_everything_else()
    {
        Server.ArtifactRoot = "s3://bucket/";
        var version = await Store.KeepVersionAsync();

        var report = await MirrorAsync(version.Run);

        (report.Runs, report.Versions).ShouldBe((1, 1));
        report.Notes.ShouldHaveSingleItem().ShouldContain("s3://bucket/");
        Server.Artifacts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_goes_with_its_run()
    {
        var run = await Store.KeepRunAsync();
        Directory.CreateDirectory(Path.Combine(Store.Folder, "reports", run.Id));
        await File.WriteAllTextAsync(Path.Combine(Store.Folder, "reports", run.Id, "report.html"), "<html>");

        await MirrorAsync(run.Id);

        Encoding.UTF8.GetString(Server.Artifacts.Single(file => file.Key.EndsWith("report/report.html", StringComparison.Ordinal)).Value)
            .ShouldBe("<html>");
    }

    [Fact]
    public async Task Everything_is_compared_by_pages_and_only_what_lacks_is_sent()
    {
        Server.LargestPage = 2;
        var runs = new List<RunRecord>();
        for (var number = 0; number < 7; number++)
        {
            runs.Add(await Store.KeepRunAsync());
        }

        (await MirrorAsync(runs[0].Id, runs[3].Id)).Runs.ShouldBe(2);
        Directory.Delete(Path.Combine(Store.Folder, "cache"), recursive: true);

        (await EverythingAsync()).Runs.ShouldBe(5);

        (await EverythingAsync()).Runs.ShouldBe(0);
        Server.Runs.Select(run => run.Tags["mlops.run"]).ShouldBe(runs.Select(run => run.Id), ignoreOrder: true);
    }

    // All that the server has, in words.
    private string Picture()
    {
        var text = new StringBuilder();
        foreach (var run in Server.Runs)
        {
            text.AppendLine($"run {run.Status} {run.Ended} {run.Inputs.Count}")
                .AppendJoin('\n', run.Parameters).AppendLine().AppendJoin('\n', run.Tags).AppendLine()
                .AppendJoin('\n', run.Metrics.Order().Select(metric => $"{metric} {string.Join(' ', run.HistoryOf(metric).Distinct())}"))
                .AppendLine();
        }

        foreach (var version in Server.Models.Values.SelectMany(model => model.Versions))
        {
            text.AppendLine($"version {version.Number} {version.Source}").AppendJoin('\n', version.Tags).AppendLine();
        }

        return text.AppendJoin('\n', Server.Models.Values.SelectMany(model => model.Aliases)).AppendLine()
            .AppendJoin('\n', Server.Artifacts.Select(file => $"{file.Key} {Digest.Of(file.Value)}")).ToString();
    }
}
