using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class VersionProposalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeGitHub _gitHub = new();
    private readonly KeptOutput _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _gitHub.Dispose();
    }

    [Fact]
    public async Task A_request_says_why_what_to_do_and_how_good_it_is()
    {
        (await ProposeAsync(OnGitHub())).ShouldBe("https://github.com/acme/shop/pull/1");

        var change = _gitHub.Branches.Changes.ShouldHaveSingleItem();
        change.Body.ShouldStartWith("SmallDemand v7, trained anew, since:\n- Schedule: v3 is 31 days old\n- Drift: data: x moved\n\n");
        change.Body.ShouldContain("\n    ./build.sh Deploy --pipeline SmallDemand --model-version 7\n");
        change.Body.ShouldEndWith("## The report");
        var record = _gitHub.Branches.Files(change.Branch)["pipelines/SmallDemand/version.json"];
        record.ShouldContain("\"version\": 7");
        record.ShouldContain("\"triggers\": [\n    \"Schedule: v3 is 31 days old\"");
        record.ShouldEndWith("}\n");
    }

    [Fact]
    public async Task A_report_that_is_too_long_is_cut_and_not_refused()
    {
        await ProposeAsync(OnGitHub(), "## Report\n" + string.Concat(Enumerable.Repeat("a line of the report\n", 5000)));

        _gitHub.Branches.Changes.ShouldHaveSingleItem().Body.Length.ShouldBeInRange(1000, 65_536);
    }

    [Fact]
    public async Task Without_a_code_host_there_is_none_and_a_refusal_loses_no_version()
    {
        (await ProposeAsync([])).ShouldBeNull();
        _output.All.ShouldContain(line => line.StartsWith("no pull request is opened"));

        _gitHub.MayPush = false;
        (await ProposeAsync(OnGitHub())).ShouldBeNull();
        _output.Warnings.ShouldHaveSingleItem().ShouldStartWith("GitHub took no pull request: 403");
    }

    private async Task<string?> ProposeAsync(Dictionary<string, string> environment, string report = "## The report")
    {
        var session = new RunSession(_folder.Path, [], environment, new ManualTime(), _output, isServerBuild: true);
        var run = session.RunOf(new SmallDemand(), new Dictionary<string, string>(), ["Retrain"]);
        await run.RecordAsync(
            record => record with
            {
                Version = 7, Model = Digest.Of("model"), Triggers = ["Schedule: v3 is 31 days old", "Drift: data: x moved"],
            },
            CancellationToken.None);
        return await VersionProposal.OpenAsync(session, run, report, CancellationToken.None);
    }

    private Dictionary<string, string> OnGitHub() => new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_REPOSITORY"] = _gitHub.Repository, ["GITHUB_SHA"] = TestRun.Commit,
        ["GITHUB_API_URL"] = _gitHub.Address.ToString(), ["GITHUB_TOKEN"] = _gitHub.Token,
    };
}
