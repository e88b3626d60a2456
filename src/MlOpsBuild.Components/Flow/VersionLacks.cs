using System.Text.Json;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Modeling.Gates;
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
        var lacks = new Dictionary<VersionRequirement, string>();
        foreach (var requirement in requirements)
        {
            var lack = requirement switch
            {
                VersionRequirement.CompleteCard => Card(await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken)),
                VersionRequirement.PassedTests => await TestsAsync(session, version, cancellationToken),
                VersionRequirement.SignedOrigin => !session.Store.Trust.Keys.Demands ? "nobody is trusted: there is no key in .nuke/keys"
                    : session.Store.Versions(pipeline).Believes(version) ? null
                    : "nobody who is trusted signed it",
                VersionRequirement.ReviewedCommit =>
                    await ReviewAsync(session, await SourceAsync(session, version, cancellationToken), cancellationToken),
                _ => throw new ArgumentOutOfRangeException(
                    nameof(requirements), requirement, "A requirement that nobody looks at."),
            };
            if (lack != null)
            {
                lacks[requirement] = lack;
            }
        }

        return lacks;
    }

    private static string? Card(Bundle bundle) =>
        (bundle.Description.Card ?? new()).Missing().ToList() is { Count: > 0 } missing
            ? $"its card lacks {string.Join(", ", missing)}"
            : null;

    // What the bundle says, which is what was signed: a run's record is anybody's to write. Its server passed the contract test, or it
    // would be no version.
    private static async Task<string?> TestsAsync(RunSession session, ModelVersion version, CancellationToken cancellationToken)
    {
        Evidence evidence;
        try
        {
            var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
            evidence = await bundle.ReadAsync<Evidence>(BundlePart.Evidence, cancellationToken);
        }
        catch (Exception problem) when (problem is FindingsException or JsonException)
        {
            return $"the evidence in its bundle cannot be read: {problem.Message}";
        }

        return evidence.Gates.Count == 0 ? "no gate was asked"
            : evidence.Deciding() is var deciding && evidence.Verdict != Verdict.Passed
                ? $"{evidence.Verdict}: {(deciding.Count == 0 ? "no gate decides" : string.Join(", ", deciding))}"
            : evidence.Behaviour is not { Count: > 0 } ? "its pipeline declares no test of its behaviour: .Behaviour(…)"
            : null;
    }

    // The code that was signed with the version; where nobody signs, what its run says.
    private static async Task<SourceRevision?> SourceAsync(RunSession session, ModelVersion version, CancellationToken cancellationToken) =>
        session.Store.Trust.Keys.Demands ? version.Maker == null ? null : version.Source
            : version.Source != null ? version.Source
            : await session.Store.Runs.FindAsync(version.Run, cancellationToken) is { } run && run.Bundle == version.Bundle ? run.Source
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
            return $"nobody tells whether commit {source.ShortCommit} was reviewed: this is no build server with a token of the code host";
        }

        if (context.Reference is not { } branch)
        {
            return $"{reviews.Name} does not say which branch is built here";
        }

        try
        {
            return (await reviews.OfAsync(source.Commit, branch, cancellationToken)).Any(review => review.IsReviewed)
                ? null
                : $"{reviews.Name} knows of no change that was merged into {branch} as commit {source.ShortCommit} and that somebody else approved who may write";
        }
        catch (HostRefusedException refused)
        {
            return $"{reviews.Name} does not tell whether commit {source.ShortCommit} was reviewed: {refused.Message}";
        }
    }
}
