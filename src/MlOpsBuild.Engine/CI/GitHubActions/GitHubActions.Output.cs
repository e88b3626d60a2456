using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI.GitHubActions;

/// <summary>How one speaks to GitHub Actions: workflow commands.</summary>
public sealed partial class GitHubActions
{
    internal override bool FoldsSections => true;

    internal override void OpenSection(HostWriter voice, string name) => voice.Command($"::group::{name}");

    internal override void CloseSection(HostWriter voice, string name) => voice.Command("::endgroup::");

    internal override void Annotate(HostWriter voice, string target, string message, SourceLocation? at)
    {
        var place = at == null ? "" : System.FormattableString.Invariant($"file={Property(at.File)},line={at.Line},");
        voice.Command($"::error {place}title={Property(target)}::{Data(message)}");
    }

    internal override string? MaskLine(string secret) => $"::add-mask::{Data(secret)}";

    // The runner takes :: at a line's beginning, and ##[ anywhere, for commands.
    internal override string Guard(string line) =>
        (line.AsSpan().TrimStart().StartsWith("::") ? line.Replace("::", ": :", StringComparison.Ordinal) : line)
            .Replace("##[", "## [", StringComparison.Ordinal);

    internal override void Summarise(HostWriter voice, string markdown) => voice.Append(StepSummaryFile, markdown);

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
