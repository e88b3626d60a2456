using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit.CodeHosts;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>A host with one repository, on which something happens: its interface, its git server, its artifacts.</summary>
internal sealed class ActionsHost : IDisposable
{
    /// <summary>Owner and name of the repository.</summary>
    public const string Repository = "acme/shop";

    /// <summary>Number of the pull request.</summary>
    public const int Request = 7;

    /// <summary>The user of a token on the git server.</summary>
    public const string GitUser = "x-access-token";

    private const string Writing = "ghs_writes-never-printed-4711";
    private const string Reading = "ghs_reads-never-printed-4712";
    private readonly GitHttpServer _server;
    private readonly GitRepository _repository;
    private string _main = "";
    private string _head = "";
    private string _merge = "";

    private ActionsHost(GitHttpServer server, GitRepository repository) => (_server, _repository) = (server, repository);

    /// <summary>Its interface.</summary>
    public FakeGitHub GitHub { get; } = new() { Repository = Repository };

    /// <summary>What runs uploaded.</summary>
    public ActionsArtifacts Artifacts { get; } = new();

    /// <summary>Its address, without a slash at the end.</summary>
    public string Server => _server.UrlFor("").ToString().TrimEnd('/');

    /// <summary>The tokens it gives to jobs.</summary>
    public static IReadOnlyList<string> Tokens => [Writing, Reading];

    /// <summary>Where the repository is for who needs no token.</summary>
    public Uri Folder => _repository.FileUrl;

    /// <summary>What git asked for.</summary>
    public IReadOnlyList<GitHttpRequest> GitRequests => _server.Requests;

    /// <summary>Starts it with a repository of what is in <paramref name="root"/>, and a pull request.</summary>
    public static async Task<ActionsHost> StartAsync(string root, IReadOnlyDictionary<string, string> environment)
    {
        var server = await GitHttpServer.StartAsync(
            [new(GitUser, Writing, GitHttpRight.Write), new(GitUser, Reading, GitHttpRight.Read)], CancellationToken.None);
        var host = new ActionsHost(server, await GitRepository.CreateAsync(allowFilters: true, CancellationToken.None));
        server.Serve(Repository, host._repository);
        const string Script = """
            set -e
            commit() { git -c user.name=Ann -c user.email=ann@example.com commit -q --allow-empty -m "$1"; git rev-parse HEAD; }
            git init -q --initial-branch=main . && git add -A
            main=$(commit start) && git switch -q -c change && head=$(commit change)
            merge=$(git -c user.name=Ann -c user.email=ann@example.com commit-tree "HEAD^{tree}" -p "$main" -p "$head" -m merge)
            git push -q "$0" main change "$head:refs/pull/7/head" "$merge:refs/pull/7/merge" && rm -rf .git
            echo "$main $head $merge"
            """;
        var commits = (await RunningCommand.RunAsync(root, environment, "bash", "-c", Script, host._repository.Folder))
            .Expect(0)
            .Output.Trim()
            .Split(' ');
        (host._main, host._head, host._merge) = (commits[0], commits[1], commits[2]);
        host.GitHub.OpenPulls.Add((Request, "fan:change", host._head));
        return host;
    }

    /// <summary>Somebody pushed to the main branch.</summary>
    public ActionsEvent Push() => new("push", new() { ["ref"] = "refs/heads/main", ["after"] = _main }, "refs/heads/main", _main);

    /// <summary>Somebody opened the pull request.</summary>
    public ActionsEvent PullRequest(bool fromFork) => new(
        "pull_request", new() { ["action"] = "opened", ["number"] = Request, ["pull_request"] = RequestJson(fromFork) },
        $"refs/pull/{Request}/merge", _merge)
    {
        BaseRef = "main", HeadRef = "change", FromFork = fromFork,
    };

    /// <summary>A person filled a workflow's form in.</summary>
    public ActionsEvent Dispatch(JsonObject inputs) =>
        new("workflow_dispatch", new() { ["ref"] = "refs/heads/main", ["inputs"] = inputs }, "refs/heads/main", _main);

    /// <summary>A run ended; what it starts runs on the main branch and with its rights. A fork's run does not name its request.</summary>
    public ActionsEvent Completed(RunResult run) => new(
        "workflow_run",
        new()
        {
            ["action"] = "completed",
            ["workflow_run"] = new JsonObject
            {
                ["id"] = run.Id, ["name"] = run.Workflow, ["event"] = run.Happened.Name, ["conclusion"] = run.Conclusion,
                ["head_branch"] = "change", ["head_sha"] = _head,
                ["run_number"] = run.Id - 9000, ["run_attempt"] = 1, ["html_url"] = $"{Server}/{Repository}/actions/runs/{run.Id}",
                ["head_repository"] = new JsonObject
                {
                    ["full_name"] = run.Happened.FromFork ? "fan/shop" : Repository,
                    ["owner"] = new JsonObject { ["login"] = run.Happened.FromFork ? "fan" : "acme" }
                },
                ["pull_requests"] = run.Happened.FromFork ? new JsonArray() : new JsonArray(new JsonObject { ["number"] = Request }),
            },
        },
        "refs/heads/main",
        _main);

    /// <summary>Somebody commented on the pull request.</summary>
    public ActionsEvent Comment(string body, string author, string association) => new(
        "issue_comment",
        new()
        {
            ["action"] = "created",
            ["issue"] = new JsonObject
            {
                ["number"] = Request, ["state"] = "open",
                ["pull_request"] = new JsonObject { ["url"] = $"{GitHub.Address}repos/{Repository}/pulls/{Request}" }
            },
            ["comment"] = new JsonObject
            {
                ["id"] = 1, ["body"] = body, ["author_association"] = association, ["user"] = new JsonObject { ["login"] = author }
            },
        },
        "refs/heads/main",
        _main)
    {
        Actor = author,
    };

    /// <summary>The token for what a job may do.</summary>
    public static string TokenOf(ActionsToken rights) => rights.MayWrite("contents") ? Writing : Reading;

    /// <summary>A job begins: from now on its token is the one that the interface knows.</summary>
    public void Admit(ActionsToken rights)
    {
        GitHub.MayComment = rights.MayWrite("pull-requests") || rights.MayWrite("issues");
        GitHub.MayCheck = rights.MayWrite("checks");
        GitHub.MaySetStatus = rights.MayWrite("statuses");
        GitHub.MayDeploy = rights.MayWrite("deployments");
        GitHub.Token = TokenOf(rights);
    }

    /// <summary>The commit a reference of the repository is at; empty when there is none.</summary>
    public Task<string> CommitOfAsync(string reference) =>
        _repository.RunAsync(["for-each-ref", "--format=%(objectname)", reference], CancellationToken.None);

    public void Dispose()
    {
        GitHub.Dispose();
        _server.Dispose();
        _repository.Dispose();
        Artifacts.Dispose();
    }

    private JsonObject RequestJson(bool fromFork) => new()
    {
        ["number"] = Request,
        ["state"] = "open",
        ["draft"] = false,
        ["base"] = new JsonObject
        {
            ["ref"] = "main", ["sha"] = _main, ["repo"] = new JsonObject { ["full_name"] = Repository, ["fork"] = false }
        },
        ["head"] = new JsonObject
        {
            ["ref"] = "change", ["sha"] = _head,
            ["repo"] = new JsonObject { ["full_name"] = fromFork ? "fan/shop" : Repository, ["fork"] = fromFork }
        },
    };
}
