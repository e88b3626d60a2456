using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Lineage;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>The one version that somebody means, and the run that made it.</summary>
internal sealed record NamedVersion(string Pipeline, ModelVersion Version)
{
    /// <summary>The version that <paramref name="text"/> names; what serves when it is null.</summary>
    /// <param name="session">Where versions are.</param>
    /// <param name="only">The only pipeline to look in, or null.</param>
    /// <param name="text">What people have at hand.</param>
    /// <param name="target">Who asks, for errors.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">It names none, or several.</exception>
    public static async Task<NamedVersion> FindAsync(
        RunSession session, string? only, string? text, string target, CancellationToken cancellationToken)
    {
        var pipelines = ServingPlaces.Pipelines(session).Where(name => only == null || name == only).ToList();
        var found = await VersionSearch.FindAsync(session.Store, pipelines, text, session.ChampionOf, cancellationToken);
        return found is [var (pipeline, version)] ? new(pipeline, version) : throw new UsageException(new Finding(
            "MLB7095", "Several versions are called that", target, text,
            string.Join(", ", found.Select(each => Invariant($"{each.Pipeline}-v{each.Version.Number}"))), "say which one is meant"));
    }

    /// <summary>The run that made it.</summary>
    /// <exception cref="UsageException">The store does not have it.</exception>
    public async Task<RunRecord> RunAsync(RunSession session, string target, CancellationToken cancellationToken) =>
        await session.Store.Runs.FindAsync(Version.Run, cancellationToken) ?? throw new UsageException(new Finding(
            "MLB7106", "No such run", $"{target}, {this}", Version.Run, "the run that made it",
            "with --remote the team's runs are known too"));

    /// <summary>Both, for people.</summary>
    public override string ToString() => Invariant($"{Pipeline} v{Version.Number}");
}
