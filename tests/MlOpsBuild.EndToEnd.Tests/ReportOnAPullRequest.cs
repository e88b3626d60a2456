using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What a reviewer sees, from the same command that runs on a laptop.</summary>
public sealed class ReportOnAPullRequest(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private const string Token = "ghs_never-printed-4711";

    [Fact]
    public async Task One_comment_follows_the_pull_request_and_the_exit_code_is_the_verdict()
    {
        using var gitHub = new FakeGitHub { Token = Token };
        var summary = Path.Combine(Checkout.Runtime, "summary.md");
        await RunsForAsync(gitHub, summary, run: 41);

        var first = (await Checkout.RunAsync("TestModel", "Report")).Expect(0);
        Checkout.Environment["GITHUB_RUN_NUMBER"] = "42";
        var second = (await Checkout.RunAsync("TestModel", "Report", "--set", "trees=5")).Expect(3);

        first.Output.ShouldContain("comment: posted to GitHub #7");
        second.Output.ShouldContain("comment: updated on GitHub #7");
        gitHub.Comments.ShouldHaveSingleItem().Body.ShouldContain("Do not merge");
        gitHub.CheckRuns.Select(check => check.GetProperty("conclusion").GetString()).ShouldBe(["success", "failure"]);
        (await File.ReadAllTextAsync(summary)).ShouldContain("BikeDemand: Passed");
        first.Output.Replace("::add-mask::" + Token, "", StringComparison.Ordinal).ShouldNotContain(Token);
        Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops"), "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(Token, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private async Task RunsForAsync(FakeGitHub gitHub, string summary, int run)
    {
        var payload = Path.Combine(Checkout.Runtime, "event.json");
        await File.WriteAllTextAsync(
            payload, """{ "number": 7, "pull_request": { "number": 7, "head": { "sha": "0123456789abcdef0123456789abcdef01234567" } } }""");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["CI"] = "true", ["GITHUB_ACTIONS"] = "true", ["GITHUB_EVENT_NAME"] = "pull_request", ["GITHUB_EVENT_PATH"] = payload,
            ["GITHUB_API_URL"] = gitHub.Address.ToString(),
            ["GITHUB_SERVER_URL"] = "https://github.example", ["GITHUB_REPOSITORY"] = gitHub.Repository,
            ["GITHUB_SHA"] = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed", ["GITHUB_RUN_ID"] = "99",
            ["GITHUB_RUN_NUMBER"] = run.ToString(), ["GITHUB_STEP_SUMMARY"] = summary, ["GITHUB_TOKEN"] = gitHub.Token,
        })
        {
            Checkout.Environment[name] = value;
        }
    }
}
