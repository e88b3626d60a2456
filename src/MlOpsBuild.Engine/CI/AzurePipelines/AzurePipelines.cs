using System.Globalization;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI.AzurePipelines;

/// <summary>Azure Pipelines, by its environment. A value that is not set is empty, 0 or null.</summary>
public sealed class AzurePipelines : Host, IBuildServer
{
    internal AzurePipelines(IReadOnlyDictionary<string, string> environment) : base(environment)
    {
    }

    /// <summary>The host of the running build; null elsewhere.</summary>
    public static AzurePipelines? Instance => RunState.CurrentOrNone?.Host as AzurePipelines;

    /// <inheritdoc />
    public override string DisplayName => "Azure Pipelines";

    /// <summary>Number of the build on this host.</summary>
    public long BuildId => Number("BUILD_BUILDID");

    /// <summary>The build's number for people.</summary>
    public string BuildNumber => Variable("BUILD_BUILDNUMBER");

    /// <summary>The full reference being built.</summary>
    public string SourceBranch => Variable("BUILD_SOURCEBRANCH");

    /// <summary>The commit being built.</summary>
    public string SourceVersion => Variable("BUILD_SOURCEVERSION");

    /// <summary>The project.</summary>
    public string TeamProject => Variable("SYSTEM_TEAMPROJECT");

    /// <summary>Number of the pull request; null when there is none.</summary>
    public long? PullRequestId => Number("SYSTEM_PULLREQUEST_PULLREQUESTID") is > 0 and var number ? number : null;

    string IBuildServer.Branch => SourceBranch;

    string IBuildServer.Commit => SourceVersion;

    internal override bool FoldsSections => true;

    internal override void OpenSection(HostWriter voice, string name) => voice.Command($"##[group]{name}");

    internal override void CloseSection(HostWriter voice, string name) => voice.Command("##[endgroup]");

    internal override void Annotate(HostWriter voice, string target, string message, SourceLocation? at)
    {
        var place = at == null ? "" : string.Create(CultureInfo.InvariantCulture, $";sourcepath={Property(at.File)};linenumber={at.Line}");
        voice.Command($"##vso[task.logissue type=error{place}]{Data($"{target}: {message}")}");
    }

    internal override string? MaskLine(string secret) => $"##vso[task.setsecret]{Data(secret)}";

    internal override string Guard(string line) =>
        line.Replace("##vso[", "## vso[", StringComparison.Ordinal).Replace("##[", "## [", StringComparison.Ordinal);

    internal override bool ShowsSummaries => true;

    internal override void Summarise(HostWriter voice, string markdown)
    {
        if (Variable("AGENT_TEMPDIRECTORY") is { Length: > 0 } folder)
        {
            var path = Path.Combine(folder, "mlops-summary.md");
            voice.Append(path, markdown);
            voice.Command($"##vso[task.uploadsummary]{path}");
        }
    }

    private static string Data(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(";", "%3B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
