namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What GitHub Actions says of a build.</summary>
internal static class GitHubContext
{
    public static CodeHostContext? Of(HostVariables said)
    {
        if (said["GITHUB_REPOSITORY"] is not { } repository || said["GITHUB_SHA"] is not { } commit)
        {
            return null;
        }

        var payload = EventPayload.Read(said["GITHUB_EVENT_PATH"]);
        var page = new Uri($"{said["GITHUB_SERVER_URL"] ?? "https://github.com"}/{repository}");
        var context = new CodeHostContext
        {
            Kind = CodeHostKind.GitHub,
            Api = new((said["GITHUB_API_URL"] ?? "https://api.github.com").TrimEnd('/') + "/"),
            Project = repository,
            Request = (int?)payload.Number("pull_request", "number"),
            Commit = payload.Text("pull_request", "head", "sha") ?? commit,
            Reference = said["GITHUB_HEAD_REF"] ?? said["GITHUB_REF_NAME"],
            BaseCommit = payload.Text("pull_request", "base", "sha"),
            TargetBranch = said["GITHUB_BASE_REF"],
            Run = said.Number("GITHUB_RUN_NUMBER"),
            Attempt = Math.Max(1, said.Number("GITHUB_RUN_ATTEMPT")),
            Repository = page,
            RunAddress = said["GITHUB_RUN_ID"] is { } run ? new($"{page}/actions/runs/{run}") : null,
            Token = said["GITHUB_TOKEN"],
        };
        return payload.Has("workflow_run") ? OfAnother(context, payload)
            : payload.Has("comment") && payload.Has("issue", "pull_request")
                ? context with { Request = (int?)payload.Number("issue", "number"), AskedBy = payload.Text("comment", "user", "login") }
            : context;
    }

    // The second workflow speaks for the run that started it: its commit, its number, its page.
    private static CodeHostContext OfAnother(CodeHostContext context, EventPayload payload) => context with
    {
        Commit = payload.Text("workflow_run", "head_sha") ?? context.Commit,
        Reference = payload.Text("workflow_run", "head_branch"),
        Run = payload.Number("workflow_run", "run_number") ?? context.Run,
        Attempt = Math.Max(1, payload.Number("workflow_run", "run_attempt") ?? 1),
        RunAddress = Uri.TryCreate(payload.Text("workflow_run", "html_url"), UriKind.Absolute, out var address)
            ? address
            : context.RunAddress,
        Fork = payload.Text("workflow_run", "head_repository", "owner", "login") is { } owner
            && payload.Text("workflow_run", "head_branch") is { } branch
            ? new(owner, branch)
            : null,
    };
}
