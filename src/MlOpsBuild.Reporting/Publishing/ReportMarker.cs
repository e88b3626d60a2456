using System.Globalization;
using System.Text.RegularExpressions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>The hidden last line of a comment: which pipeline's report it is, of which run, and what it says.</summary>
/// <param name="Pipeline">The pipeline; one comment for each.</param>
/// <param name="Run">The host's number of the run, or of the pipeline; later runs have larger ones.</param>
/// <param name="Attempt">Attempt at the same run, from 1.</param>
/// <param name="Commit">The commit that was tested.</param>
/// <param name="Content">Digest of what the comment says.</param>
public sealed partial record ReportMarker(string Pipeline, long Run, long Attempt, string Commit, string Content)
{
    private const int ShownDigest = 16;

    /// <summary>What later runs have more of.</summary>
    internal (long Run, long Attempt) Order => (Run, Attempt);

    /// <summary>The marker for a comment with this text.</summary>
    public static ReportMarker Of(CodeHostContext context, string pipeline, string text) =>
        new(pipeline, context.Run, context.Attempt, context.Commit, Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).Hex[..ShownDigest]);

    /// <summary>The marker at the end of <paramref name="body"/>; null when it is no report of ours.</summary>
    public static ReportMarker? In(string body) => Pattern().Match(body) is { Success: true } match
        ? new(
            Uri.UnescapeDataString(match.Groups["pipeline"].Value), Number(match.Groups["run"]), Number(match.Groups["attempt"]),
            match.Groups["commit"].Value, match.Groups["content"].Value)
        : null;

    /// <summary>Whether this run came after <paramref name="other"/>.</summary>
    public bool IsAfter(ReportMarker other) => Order.CompareTo(other.Order) > 0;

    /// <summary>An HTML comment, which hosts that know HTML do not show.</summary>
    public override string ToString() => $"<!-- {Fields} -->";

    /// <summary>The definition of a link that nothing refers to, which no host shows.</summary>
    public string ToDefinition() => $"[//]: # ({Fields})";

    // Escaped, so that nothing in it ends either of them.
    private string Fields => string.Create(
        CultureInfo.InvariantCulture,
        $"mlops-report pipeline={Uri.EscapeDataString(Pipeline).Replace("-", "%2D", StringComparison.Ordinal)} run={Run} attempt={Attempt} commit={Commit} content={Content}");

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    // At the end only: a report that quotes another is not the other.
    [GeneratedRegex(
        @"(<!-- |\[//\]: # \()mlops-report pipeline=(?<pipeline>\S+) run=(?<run>\d{1,18}) attempt=(?<attempt>\d{1,18}) commit=(?<commit>[0-9a-f]*) content=(?<content>[0-9a-f]+)( -->|\))\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
