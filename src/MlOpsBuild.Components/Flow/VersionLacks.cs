using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Looks what a version lacks of what a policy requires. What cannot be told is lacking.</summary>
internal static class VersionLacks
{
    public static async Task<IReadOnlyDictionary<VersionRequirement, string>> OfAsync(
        RunSession session, string pipeline, ModelVersion version, IReadOnlyList<VersionRequirement> requirements,
        CancellationToken cancellationToken)
    {
        var run = await session.Store.Runs.FindAsync(version.Run, cancellationToken);
        var lacks = new Dictionary<VersionRequirement, string>();
        foreach (var requirement in requirements)
        {
            if (await OfAsync(session, pipeline, version, run, requirement, cancellationToken) is { } lack)
            {
                lacks[requirement] = lack;
            }
        }

        return lacks;
    }

    private static async Task<string?> OfAsync(
        RunSession session, string pipeline, ModelVersion version, RunRecord? run, VersionRequirement requirement,
        CancellationToken cancellationToken) => requirement switch
    {
        VersionRequirement.CompleteCard => Card(await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken)),
        VersionRequirement.PassedTests => Tests(version, run),
        VersionRequirement.SignedOrigin => !session.Store.Trust.Keys.Demands ? "nobody is trusted: there is no key in .nuke/keys"
            : session.Store.Versions(pipeline).Believes(version) ? null
            : "nobody who is trusted signed it",
        VersionRequirement.ReviewedCommit => await ReviewAsync(session, run?.Source, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(requirement), requirement, "A requirement that nobody looks at."),
    };

    private static string? Card(Bundle bundle) =>
        (bundle.Description.Card ?? new()).Missing().ToList() is { Count: > 0 } missing
            ? $"its card lacks {string.Join(", ", missing)}"
            : null;

    private static string? Tests(ModelVersion version, RunRecord? run) => run == null ? $"its run {version.Run} is not known here"
        : run.Checks.Where(check => check.Verdict != Verdict.Passed).Select(check => check.Check).ToList() is { Count: > 0 } failed
            ? $"tests that did not pass: {string.Join(", ", failed)}"
        : run.Verdict != Verdict.Passed ? $"its gates: {run.Verdict?.ToString() ?? "none was asked"}"
        : run.Checks.Count == 0 ? "no test of its behaviour is on record"
        : null;

    private static async Task<string?> ReviewAsync(RunSession session, SourceRevision? source, CancellationToken cancellationToken)
    {
        if (source is not { Dirty: false })
        {
            return source == null ? "its commit is not known"
                : source.Dirty == null ? $"whether commit {source.ShortCommit} was changed is not known"
                : $"it was made with changes beside commit {source.ShortCommit}: {string.Join(", ", source.Changes ?? [])}";
        }

        if (session.CodeHost is not { } context || CodeHosts.OpenReviews(context, session.Time) is not { } reviews)
        {
            return $"nobody tells whether commit {source.ShortCommit} was reviewed: this is no build of GitHub Actions or GitLab CI with a token";
        }

        try
        {
            return (await reviews.OfAsync(source.Commit, cancellationToken)).Any(review => review.IsReviewed)
                ? null
                : $"{reviews.Name} knows of no merged change with commit {source.ShortCommit} that somebody else approved";
        }
        catch (HostRefusedException refused)
        {
            return $"{reviews.Name} does not tell whether commit {source.ShortCommit} was reviewed: {refused.Message}";
        }
    }
}
