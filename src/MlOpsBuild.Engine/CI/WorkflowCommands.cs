using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI;

/// <summary>Lines that runners of GitHub Actions, and of servers that took its workflows over, read as commands.</summary>
internal static class WorkflowCommands
{
    public const string CloseSection = "::endgroup::";

    public static string OpenSection(string name) => $"::group::{name}";

    public static string Error(string target, string message, SourceLocation? at)
    {
        var place = at == null ? "" : System.FormattableString.Invariant($"file={Property(at.File)},line={at.Line},");
        return $"::error {place}title={Property(target)}::{Data(message)}";
    }

    public static string Mask(string secret) => $"::add-mask::{Data(secret)}";

    // The runner takes :: at a line's beginning, and ##[ anywhere, for commands.
    public static string Guard(string line) =>
        (line.AsSpan().TrimStart().StartsWith("::") ? line.Replace("::", ": :", StringComparison.Ordinal) : line)
            .Replace("##[", "## [", StringComparison.Ordinal);

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
