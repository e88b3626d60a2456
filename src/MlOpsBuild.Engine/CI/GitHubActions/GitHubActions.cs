using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;

namespace MlOpsBuild.Engine.CI.GitHubActions;

/// <summary>GitHub Actions, by its environment. A value that is not set is empty, or 0.</summary>
public sealed partial class GitHubActions : Host, IBuildServer
{
    private readonly Lazy<JsonElement?> _event;

    internal GitHubActions(IReadOnlyDictionary<string, string> environment) : base(environment) => _event = new(ReadEvent);

    /// <summary>The host of the running build; null elsewhere.</summary>
    public static GitHubActions? Instance => RunState.CurrentOrNone?.Host as GitHubActions;

    /// <inheritdoc />
    public override string DisplayName => "GitHub Actions";

    /// <summary>Name of the workflow.</summary>
    public string Workflow => Variable("GITHUB_WORKFLOW");

    /// <summary>Who started it.</summary>
    public string Actor => Variable("GITHUB_ACTOR");

    /// <summary>Owner and name of the repository.</summary>
    public string Repository => Variable("GITHUB_REPOSITORY");

    /// <summary>Owner of the repository.</summary>
    public string RepositoryOwner => Variable("GITHUB_REPOSITORY_OWNER");

    /// <summary>The event, for example <c>pull_request</c>.</summary>
    public string EventName => Variable("GITHUB_EVENT_NAME");

    /// <summary>The file with the event's payload.</summary>
    public string EventPath => Variable("GITHUB_EVENT_PATH");

    /// <summary>The checkout.</summary>
    public string Workspace => Variable("GITHUB_WORKSPACE");

    /// <summary>The commit; on a pull request the merge commit GitHub made.</summary>
    public string Sha => Variable("GITHUB_SHA");

    /// <summary>The full reference, for example <c>refs/pull/7/merge</c>.</summary>
    public string Ref => Variable("GITHUB_REF");

    /// <summary>The reference's short name.</summary>
    public string RefName => Variable("GITHUB_REF_NAME");

    /// <summary><c>branch</c> or <c>tag</c>.</summary>
    public string RefType => Variable("GITHUB_REF_TYPE");

    /// <summary>A pull request's source branch.</summary>
    public string HeadRef => Variable("GITHUB_HEAD_REF");

    /// <summary>A pull request's target branch.</summary>
    public string BaseRef => Variable("GITHUB_BASE_REF");

    /// <summary>Number of the attempt, from 1.</summary>
    public long RunAttempt => Number("GITHUB_RUN_ATTEMPT");

    /// <summary>Number of the run in its workflow.</summary>
    public long RunNumber => Number("GITHUB_RUN_NUMBER");

    /// <summary>Number of the run on this host.</summary>
    public long RunId => Number("GITHUB_RUN_ID");

    /// <summary>Address of the host.</summary>
    public string ServerUrl => Variable("GITHUB_SERVER_URL");

    /// <summary>Name of the job.</summary>
    public string Job => Variable("GITHUB_JOB");

    /// <summary>The token, where the workflow gives it to the step.</summary>
    public string Token => Variable("GITHUB_TOKEN");

    /// <summary>Whether a pull request is being built.</summary>
    public bool IsPullRequest => EventName is "pull_request" or "pull_request_target";

    /// <summary>Number of the pull request; null when there is none.</summary>
    public int? PullRequestNumber => IsPullRequest ? FromEvent("number") ?? FromEvent("pull_request", "number") ?? FromRef() : null;

    /// <summary>The file that takes the step's summary; null when the host named none.</summary>
    public AbsolutePath? StepSummaryFile =>
        Path.IsPathRooted(Variable("GITHUB_STEP_SUMMARY")) ? AbsolutePath.Create(Variable("GITHUB_STEP_SUMMARY")) : null;

    string IBuildServer.Branch => HeadRef.Length > 0 ? HeadRef : RefName;

    string IBuildServer.Commit => Sha;

    private int? FromEvent(params string[] path)
    {
        var value = _event.Value;
        foreach (var name in path)
        {
            value = value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var inner) ? inner : null;
        }

        return value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var result) ? result : null;
    }

    private int? FromRef() =>
        Ref.Split('/') is ["refs", "pull", var number, ..]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var result)
            ? result
            : null;

    private JsonElement? ReadEvent()
    {
        try
        {
            return EventPath.Length > 0 && File.Exists(EventPath) ? JsonDocument.Parse(File.ReadAllText(EventPath)).RootElement : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
