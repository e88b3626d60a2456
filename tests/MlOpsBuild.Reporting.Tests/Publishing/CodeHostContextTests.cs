using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CodeHostContextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_laptop_is_no_host() => CodeHostContext.Of(new Dictionary<string, string> { ["GITHUB_TOKEN"] = "x" }).ShouldBeNull();

    [Fact]
    public void A_pull_request_on_GitHub_names_the_commit_that_was_pushed()
    {
        File.WriteAllText(_folder["event.json"], """{ "number": 7, "pull_request": { "number": 7, "head": { "sha": "feed" } } }""");

        var context = CodeHostContext.Of(GitHub()).ShouldNotBeNull();

        (context.Project, context.Request, context.Commit, context.Run, context.Attempt).ShouldBe(("acme/shop", 7, "feed", 12, 3));
        context.Api.ShouldBe(new("https://ghe.example.org/api/v3/"));
        context.RunAddress.ShouldBe(new("https://ghe.example.org/acme/shop/actions/runs/99"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("[]")]
    public void A_payload_without_a_pull_request_leaves_it_unknown(string payload)
    {
        File.WriteAllText(_folder["event.json"], payload);

        var context = CodeHostContext.Of(GitHub()).ShouldNotBeNull();

        (context.Request, context.Commit).ShouldBe((null, "beef"));
    }

    [Fact]
    public void A_merge_request_on_GitLab_is_found_in_its_target_project()
    {
        var context = CodeHostContext.Of(new Dictionary<string, string>
        {
            ["GITLAB_CI"] = "true", ["CI_API_V4_URL"] = "https://gitlab.example.org/api/v4", ["CI_PROJECT_ID"] = "5",
            ["CI_MERGE_REQUEST_PROJECT_ID"] = "4", ["CI_MERGE_REQUEST_IID"] = "11",
            ["CI_COMMIT_SHA"] = "merge", ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = "head", ["CI_PIPELINE_ID"] = "1000", ["CI_JOB_ID"] = "31",
            ["CI_JOB_URL"] = "https://gitlab.example.org/j/31", ["GITLAB_TOKEN"] = "t",
        }).ShouldNotBeNull();

        (context.Kind, context.Project, context.Request, context.Commit, context.Run, context.Attempt, context.Token)
            .ShouldBe((CodeHostKind.GitLab, "4", 11, "head", 1000, 31, "t"));
    }

    private Dictionary<string, string> GitHub() => new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_API_URL"] = "https://ghe.example.org/api/v3",
        ["GITHUB_SERVER_URL"] = "https://ghe.example.org", ["GITHUB_REPOSITORY"] = "acme/shop", ["GITHUB_SHA"] = "beef",
        ["GITHUB_RUN_NUMBER"] = "12", ["GITHUB_RUN_ATTEMPT"] = "3", ["GITHUB_RUN_ID"] = "99", ["GITHUB_EVENT_PATH"] = _folder["event.json"],
    };
}
