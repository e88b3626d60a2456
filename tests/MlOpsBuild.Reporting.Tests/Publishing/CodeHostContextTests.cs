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

    [Fact]
    public void A_runner_of_Gitea_says_that_it_is_GitHubs_and_is_not()
    {
        File.WriteAllText(_folder["event.json"], """{ "number": 7, "pull_request": { "number": 7, "head": { "sha": "feed" } } }""");
        foreach (var name in (string[])["GITEA_ACTIONS", "FORGEJO_ACTIONS"])
        {
            var said = new Dictionary<string, string>(GitHub())
            {
                [name] = "true", ["GITHUB_API_URL"] = "https://git.example.org/api/v1", ["GITHUB_SERVER_URL"] = "https://git.example.org",
                ["GITHUB_TOKEN"] = "of the run",
            };

            var context = CodeHostContext.Of(said).ShouldNotBeNull();

            (context.Kind, context.Project, context.Request, context.Commit, context.Token)
                .ShouldBe((CodeHostKind.Gitea, "acme/shop", 7, "feed", "of the run"));
            context.Api.ShouldBe(new("https://git.example.org/api/v1/"));
            context.RunAddress.ShouldBe(new("https://git.example.org/acme/shop/actions/runs/12"));
            said["GITEA_TOKEN"] = "of a bot";
            CodeHostContext.Of(said)!.Token.ShouldBe("of a bot");
        }
    }

    [Theory]
    [InlineData("SYSTEM_ACCESSTOKEN", null)]
    [InlineData("AZURE_DEVOPS_EXT_PAT", "")]
    public void A_pull_request_of_Azure_DevOps_names_the_commit_that_was_pushed(string token, string? user)
    {
        var context = CodeHostContext.Of(new Dictionary<string, string>(Azure()) { [token] = "t" }).ShouldNotBeNull();

        (context.Kind, context.Project, context.Request, context.Commit, context.Reference, context.TargetBranch)
            .ShouldBe((CodeHostKind.AzureDevOps, "web shop/models", 7, "feed", "better-model", "main"));
        (context.Run, context.Attempt, context.Token, context.User).ShouldBe((1204, 2, "t", user));
        context.Api.ShouldBe(new("https://dev.azure.com/acme/"));
        context.Repository.ShouldBe(new("https://dev.azure.com/acme/web%20shop/_git/models"));
        context.RunAddress.ShouldBe(new("https://dev.azure.com/acme/web%20shop/_build/results?buildId=1204"));
    }

    [Fact]
    public void A_push_to_Azure_DevOps_is_of_a_branch()
    {
        var said = Azure().Where(pair => !pair.Key.StartsWith("SYSTEM_PULLREQUEST", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        var context = CodeHostContext.Of(said).ShouldNotBeNull();

        (context.Request, context.Commit, context.Reference, context.Token).ShouldBe((null, "merge", "main", null));
    }

    [Fact]
    public void Azure_Pipelines_builds_a_repository_of_GitHub_by_GitHubs_number()
    {
        var context = CodeHostContext.Of(new Dictionary<string, string>(Azure())
        {
            ["BUILD_REPOSITORY_PROVIDER"] = "GitHub", ["BUILD_REPOSITORY_URI"] = "https://github.com/acme/shop",
            ["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"] = "12", ["GITHUB_TOKEN"] = "ghp", ["SYSTEM_ACCESSTOKEN"] = "not for GitHub",
        }).ShouldNotBeNull();

        (context.Kind, context.Project, context.Request, context.Token, context.User)
            .ShouldBe((CodeHostKind.GitHub, "acme/shop", 12, "ghp", null));
        context.Api.ShouldBe(new("https://api.github.com/"));
    }

    [Fact]
    public void Bitbucket_Pipelines_names_the_request_and_the_branch()
    {
        var context = CodeHostContext.Of(new Dictionary<string, string>
        {
            ["BITBUCKET_BUILD_NUMBER"] = "31", ["BITBUCKET_REPO_FULL_NAME"] = "acme/shop", ["BITBUCKET_COMMIT"] = "feed",
            ["BITBUCKET_PR_ID"] = "7", ["BITBUCKET_BRANCH"] = "better-model", ["BITBUCKET_PR_DESTINATION_BRANCH"] = "main",
            ["BITBUCKET_TOKEN"] = "t", ["CI"] = "true",
        }).ShouldNotBeNull();

        (context.Kind, context.Project, context.Request, context.Commit, context.Run, context.Reference, context.TargetBranch, context.User)
            .ShouldBe((CodeHostKind.Bitbucket, "acme/shop", 7, "feed", 31, "better-model", "main", null));
        context.RunAddress.ShouldBe(new("https://bitbucket.org/acme/shop/pipelines/results/31"));
    }

    [Theory]
    [InlineData("https://github.com/acme/shop/pull/7", "GITHUB_TOKEN", CodeHostKind.GitHub, "https://api.github.com/")]
    [InlineData("https://gitlab.example.org/acme/group/shop/-/merge_requests/7", "GITLAB_TOKEN",
        CodeHostKind.GitLab, "https://gitlab.example.org/api/v4/")]
    [InlineData("https://git.example.org/acme/shop/pulls/7", "GITEA_TOKEN", CodeHostKind.Gitea, "https://git.example.org/api/v1/")]
    [InlineData("https://bitbucket.org/acme/shop/pull-requests/7", "BITBUCKET_TOKEN",
        CodeHostKind.Bitbucket, "https://api.bitbucket.org/2.0/")]
    [InlineData("https://dev.azure.com/acme/web%20shop/_git/models/pullrequest/7", "AZURE_DEVOPS_EXT_PAT",
        CodeHostKind.AzureDevOps, "https://dev.azure.com/acme/")]
    public void Jenkins_and_CircleCI_tell_the_host_by_the_page_of_the_request(string page, string token, CodeHostKind kind, string api)
    {
        foreach (var said in new[]
        {
            new Dictionary<string, string>
            {
                ["JENKINS_URL"] = "https://ci.example.org/", ["CHANGE_URL"] = page, ["CHANGE_ID"] = "7", ["GIT_COMMIT"] = "feed",
                ["BUILD_NUMBER"] = "31", ["BUILD_URL"] = "https://ci.example.org/job/31/", ["CHANGE_BRANCH"] = "better-model",
            },
            new Dictionary<string, string>
            {
                ["CIRCLECI"] = "true", ["CIRCLE_PULL_REQUEST"] = page, ["CIRCLE_SHA1"] = "feed", ["CIRCLE_BUILD_NUM"] = "31",
                ["CIRCLE_BUILD_URL"] = "https://ci.example.org/job/31/", ["CIRCLE_BRANCH"] = "better-model",
            },
        })
        {
            // Every token is there: each host gets its own, and GitHub's goes to GitHub alone.
            foreach (var name in (string[])["GITHUB_TOKEN", "GITLAB_TOKEN", "GITEA_TOKEN", "BITBUCKET_TOKEN", "AZURE_DEVOPS_EXT_PAT"])
            {
                said[name] = name;
            }

            var context = CodeHostContext.Of(said).ShouldNotBeNull();

            (context.Kind, context.Request, context.Commit, context.Run, context.Reference, context.Token)
                .ShouldBe((kind, 7, "feed", 31, "better-model", token));
            (context.Api, context.RunAddress).ShouldBe((new Uri(api), new Uri("https://ci.example.org/job/31/")));
            context.Project.ShouldBe(kind switch
            {
                CodeHostKind.AzureDevOps => "web shop/models",
                CodeHostKind.GitLab => "acme/group/shop",
                _ => "acme/shop",
            });
        }
    }

    [Theory]
    [InlineData("git@github.com:acme/shop.git", CodeHostKind.GitHub, "acme/shop", "https://github.com/acme/shop")]
    [InlineData("https://x-token@github.com/acme/shop", CodeHostKind.GitHub, "acme/shop", "https://github.com/acme/shop")]
    [InlineData("ssh://git@gitlab.com/acme/group/shop.git", CodeHostKind.GitLab, "acme/group/shop", "https://gitlab.com/acme/group/shop")]
    [InlineData("git@bitbucket.org:acme/shop.git", CodeHostKind.Bitbucket, "acme/shop", "https://bitbucket.org/acme/shop")]
    [InlineData("git@ssh.dev.azure.com:v3/acme/web/models",
        CodeHostKind.AzureDevOps, "web/models", "https://dev.azure.com/acme/web/_git/models")]
    [InlineData("https://acme@dev.azure.com/acme/_git/web", CodeHostKind.AzureDevOps, "web/web", "https://dev.azure.com/acme/web/_git/web")]
    [InlineData("https://acme.visualstudio.com/web/_git/models",
        CodeHostKind.AzureDevOps, "web/models", "https://acme.visualstudio.com/web/_git/models")]
    [InlineData("https://git.example.org/acme/shop.git", CodeHostKind.Gitea, "acme/shop", "https://git.example.org/acme/shop")]
    public void A_push_is_told_by_the_address_that_git_fetches_from(string remote, CodeHostKind kind, string project, string page)
    {
        var context = CodeHostContext.Of(new Dictionary<string, string>
        {
            ["JENKINS_URL"] = "https://ci.example.org/", ["GIT_URL"] = remote, ["GIT_COMMIT"] = "feed", ["GIT_BRANCH"] = "origin/main",
            ["GITEA_TOKEN"] = "says which host it is where the address does not",
        }).ShouldNotBeNull();

        (context.Kind, context.Project, context.Request, context.Reference).ShouldBe((kind, project, null, "main"));
        context.Repository.ShouldBe(new(page));
    }

    [Theory]
    [InlineData("https://git.example.org/acme/shop.git")]
    [InlineData("../shop.git")]
    [InlineData("https://github.com/acme")]
    [InlineData("https://dev.azure.com/acme")]
    public void What_nothing_tells_the_host_of_is_none(string remote) => CodeHostContext.Of(new Dictionary<string, string>
    {
        ["CIRCLECI"] = "true", ["CIRCLE_SHA1"] = "feed", ["CIRCLE_REPOSITORY_URL"] = remote, ["CIRCLE_PULL_REQUEST"] = "not an address",
    }).ShouldBeNull();

    private static Dictionary<string, string> Azure() => new()
    {
        ["TF_BUILD"] = "True", ["SYSTEM_COLLECTIONURI"] = "https://dev.azure.com/acme/", ["SYSTEM_TEAMPROJECT"] = "web shop",
        ["BUILD_REPOSITORY_PROVIDER"] = "TfsGit", ["BUILD_REPOSITORY_NAME"] = "models", ["BUILD_SOURCEVERSION"] = "merge",
        ["BUILD_SOURCEBRANCH"] = "refs/heads/main", ["BUILD_BUILDID"] = "1204", ["SYSTEM_JOBATTEMPT"] = "2",
        ["SYSTEM_PULLREQUEST_PULLREQUESTID"] = "7", ["SYSTEM_PULLREQUEST_SOURCECOMMITID"] = "feed",
        ["SYSTEM_PULLREQUEST_SOURCEBRANCH"] = "refs/heads/better-model", ["SYSTEM_PULLREQUEST_TARGETBRANCH"] = "refs/heads/main",
    };

    private Dictionary<string, string> GitHub() => new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_API_URL"] = "https://ghe.example.org/api/v3",
        ["GITHUB_SERVER_URL"] = "https://ghe.example.org", ["GITHUB_REPOSITORY"] = "acme/shop", ["GITHUB_SHA"] = "beef",
        ["GITHUB_RUN_NUMBER"] = "12", ["GITHUB_RUN_ATTEMPT"] = "3", ["GITHUB_RUN_ID"] = "99", ["GITHUB_EVENT_PATH"] = _folder["event.json"],
    };
}
