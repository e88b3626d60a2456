using System.Globalization;
using System.Text.Json;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What is being built, for the host that shows it.</summary>
public sealed record CodeHostContext
{
    /// <summary>Which host.</summary>
    public required CodeHostKind Kind { get; init; }

    /// <summary>Base of the host's REST interface, with a slash at its end.</summary>
    public required Uri Api { get; init; }

    /// <summary>Owner and name, or on GitLab the project's number or path.</summary>
    public required string Project { get; init; }

    /// <summary>Number of the pull or merge request; null when there is none.</summary>
    public int? Request { get; init; }

    /// <summary>The commit that was pushed, not the merge commit that is tested.</summary>
    public required string Commit { get; init; }

    /// <summary>The commit the change starts from, where the host says it.</summary>
    public string? BaseCommit { get; init; }

    /// <summary>The branch the change goes to; null when there is no request.</summary>
    public string? TargetBranch { get; init; }

    /// <summary>Number of the run; later runs have larger ones.</summary>
    public long Run { get; init; }

    /// <summary>Attempt at the run, from 1.</summary>
    public long Attempt { get; init; } = 1;

    /// <summary>Where the repository can be looked at, without a slash at its end; null when the host does not say.</summary>
    public Uri? Repository { get; init; }

    /// <summary>The run's page.</summary>
    public Uri? RunAddress { get; init; }

    /// <summary>The token; null when the build was given none.</summary>
    public string? Token { get; init; }

    /// <summary>What <paramref name="environment"/> says; null outside the hosts we know.</summary>
    /// <param name="environment">Environment variables of a build server.</param>
    public static CodeHostContext? Of(IReadOnlyDictionary<string, string> environment)
    {
        return Said("GITHUB_ACTIONS") == "true" ? OfGitHub() : Said("GITLAB_CI") == "true" ? OfGitLab() : null;

        string? Said(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

        long Number(string name) => long.TryParse(Said(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

        CodeHostContext? OfGitHub()
        {
            using var payload = Payload(Said("GITHUB_EVENT_PATH"));
            var request = payload is { RootElement: { ValueKind: JsonValueKind.Object } root } && root.TryGetProperty("pull_request", out var found) ? found : (JsonElement?)null;
            return Said("GITHUB_REPOSITORY") is not { } repository || Said("GITHUB_SHA") is not { } commit ? null : new()
            {
                Kind = CodeHostKind.GitHub,
                Api = new((Said("GITHUB_API_URL") ?? "https://api.github.com").TrimEnd('/') + "/"),
                Project = repository,
                Request = request is { } pull && pull.TryGetProperty("number", out var number) ? number.GetInt32() : null,
                Commit = request is { } head && head.TryGetProperty("head", out var source) && source.TryGetProperty("sha", out var sha) ? sha.GetString()! : commit,
                BaseCommit = request is { } based && based.TryGetProperty("base", out var target) && target.TryGetProperty("sha", out var start) ? start.GetString() : null,
                TargetBranch = Said("GITHUB_BASE_REF"),
                Run = Number("GITHUB_RUN_NUMBER"),
                Attempt = Math.Max(1, Number("GITHUB_RUN_ATTEMPT")),
                Repository = new($"{Said("GITHUB_SERVER_URL") ?? "https://github.com"}/{repository}"),
                RunAddress = Said("GITHUB_RUN_ID") is { } run ? new($"{Said("GITHUB_SERVER_URL") ?? "https://github.com"}/{repository}/actions/runs/{run}") : null,
                Token = Said("GITHUB_TOKEN"),
            };
        }

        CodeHostContext? OfGitLab() => Said("CI_API_V4_URL") is not { } api || Said("CI_PROJECT_ID") is not { } project || Said("CI_COMMIT_SHA") is not { } commit ? null : new()
        {
            Kind = CodeHostKind.GitLab,
            Api = new(api.TrimEnd('/') + "/"),
            Project = Said("CI_MERGE_REQUEST_PROJECT_ID") ?? project,
            Request = int.TryParse(Said("CI_MERGE_REQUEST_IID"), NumberStyles.None, CultureInfo.InvariantCulture, out var request) ? request : null,
            Commit = Said("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? commit,
            BaseCommit = Said("CI_MERGE_REQUEST_DIFF_BASE_SHA"),
            TargetBranch = Said("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
            Run = Number("CI_PIPELINE_ID"),
            Attempt = Math.Max(1, Number("CI_JOB_ID")),
            Repository = Said("CI_PROJECT_URL") is { } page ? new(page) : null,
            RunAddress = Said("CI_JOB_URL") is { } job ? new(job) : null,
            Token = Said("GITLAB_TOKEN"),
        };
    }

    // A payload that is missing or damaged leaves the request unknown, which is told.
    private static JsonDocument? Payload(string? path)
    {
        try
        {
            return path == null ? null : JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
