using MlOpsBuild.Engine.CI;
using MlOpsBuild.Engine.CI.AzurePipelines;
using MlOpsBuild.Engine.CI.GitHubActions;
using MlOpsBuild.Engine.CI.GitLab;
using MlOpsBuild.Engine.CI.Jenkins;
using MlOpsBuild.Engine.CI.TeamCity;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine;

/// <summary>Where a build runs, and how one speaks there: sections, annotations, masks, summaries.</summary>
public class Host
{
    private readonly IReadOnlyDictionary<string, string> _environment;

    /// <summary>A host that knows nothing of its surroundings.</summary>
    protected Host() => _environment = new Dictionary<string, string>();

    private protected Host(IReadOnlyDictionary<string, string> environment) => _environment = environment;

    /// <summary>The host's name for people.</summary>
    public virtual string DisplayName => "terminal";

    /// <inheritdoc />
    public override string ToString() => DisplayName;

    /// <summary>The first host whose variables are set; the terminal when none is.</summary>
    internal static Host Of(BuildContext context)
    {
        var environment = context.Environment;

        // Runners of Gitea and Forgejo say that they are GitHub's as well.
        return context.Says("GITEA_ACTIONS") || context.Says("FORGEJO_ACTIONS") ? new GiteaActions(environment)
            : context.Says("GITHUB_ACTIONS") ? new GitHubActions(environment)
            : context.Says("GITLAB_CI") ? new GitLab(environment)
            : context.Says("TF_BUILD") ? new AzurePipelines(environment)
            : context.Says("TEAMCITY_VERSION") ? new TeamCity(environment)
            : context.Says("JENKINS_URL") || context.Says("JENKINS_HOME") ? new Jenkins(environment)
            : context.Says("BITBUCKET_BUILD_NUMBER") ? new BitbucketPipelines(environment)
            : context.Says("CIRCLECI") ? new CircleCi(environment)
            : context.IsServerBuild ? new GenericServer(environment)
            : new Host(environment);
    }

    /// <summary>Begins a target's section.</summary>
    internal virtual void OpenSection(HostWriter voice, string name) => voice.Say($"── {name} ──", ConsoleTone.Strong);

    /// <summary>Ends a target's section.</summary>
    internal virtual void CloseSection(HostWriter voice, string name)
    {
    }

    /// <summary>Where sections are folded: says again, outside the fold, what was said last before a failure.</summary>
    internal virtual bool FoldsSections => false;

    /// <summary>Tells of a failure so that the host shows it where people look first.</summary>
    internal virtual void Annotate(HostWriter voice, string target, string message, SourceLocation? at)
    {
    }

    /// <summary>The line that makes the host hide <paramref name="secret"/> too, or null.</summary>
    internal virtual string? MaskLine(string secret) => null;

    /// <summary>A line of a target, made harmless where the host would take it for a command.</summary>
    internal virtual string Guard(string line) => line;

    /// <summary>Whether the host has a place for a run's summary.</summary>
    internal virtual bool ShowsSummaries => false;

    /// <summary>Shows the run's summary in Markdown there.</summary>
    internal virtual void Summarise(HostWriter voice, string markdown)
    {
    }

    /// <summary>An environment variable; empty when it is not set.</summary>
    private protected string Variable(string name) => _environment.GetValueOrDefault(name) ?? "";

    private protected long Number(string name) =>
        long.TryParse(
            Variable(name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture,
            out var number)
            ? number
            : 0;
}
