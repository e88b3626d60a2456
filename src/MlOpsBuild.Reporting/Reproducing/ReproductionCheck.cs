using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Reproducing;

/// <summary>
/// Says why a model that was made once more is another one: whatever of its making that is recorded is other than it was.
/// </summary>
public static class ReproductionCheck
{
    /// <summary>What speaks against making <paramref name="run"/> once more at all; empty where nothing does.</summary>
    public static IReadOnlyList<Finding> Obstacles(RunRecord run, SourceRevision? source) =>
    [
        .. source == null ? [Missing("its commit is not known", "a run in a git repository")] : Array.Empty<Finding>(),
        .. run.Model == null ? [Missing("no model was trained in it", "a run that trained one")] : Array.Empty<Finding>(),
        .. run.Trainer?.Contains(" recalibrated (", StringComparison.Ordinal) == true
            ? [Missing($"it is {run.Trainer}", "a run that trained its model; reproduce that one, and calibrate it anew")]
            : Array.Empty<Finding>(),
    ];

    /// <summary>Each difference between <paramref name="then"/> and <paramref name="now"/>; empty where the model is the same.</summary>
    /// <param name="then">The run that made the model.</param>
    /// <param name="source">The code that made it.</param>
    /// <param name="now">The run that made it once more.</param>
    public static IReadOnlyList<Finding> Differences(RunRecord then, SourceRevision source, RunRecord now)
    {
        if (then.Model == now.Model)
        {
            return [];
        }

        Finding?[] known =
        [
            source.Dirty == true
                ? new(
                    "MLB6012", "It was made with uncommitted changes", source.ShortCommit, string.Join(", ", source.Changes ?? []),
                    "a commit that says it all", "what stood beside the commit is not kept")
                : source.Dirty == null ? new(
                    "MLB6012", "It was made with uncommitted changes", source.ShortCommit, "whether there were any is not known",
                    "a commit that says it all", "what stood beside the commit is not kept")
                : null,
            Other("data", then.Data, now.Data), Other("contract", then.Contract, now.Contract),
            Other("seed", then.Seed, now.Seed), Other("trainer", then.Trainer, now.Trainer),
            Other("features", Joined(then.Features), Joined(now.Features)),
            .. then.Parameters.Keys.Union(now.Parameters.Keys).Order(StringComparer.Ordinal).Select(name =>
                Other($"parameter {name}", then.Parameters.GetValueOrDefault(name), now.Parameters.GetValueOrDefault(name))),
            .. then.Machine.Keys.Union(now.Machine.Keys).Order(StringComparer.Ordinal).Select(name =>
                Other($"machine, {name}", then.Machine.GetValueOrDefault(name), now.Machine.GetValueOrDefault(name))),
        ];
        return known.OfType<Finding>().ToList() is { Count: > 0 } differences ? differences
        :
        [
            new(
                "MLB6014", "The model is another one, and nothing that is recorded says why", then.Id, now.Model?.ToString(),
                then.Model?.ToString(), "look at what the pipeline reads beside its data: variables, files, the network"),
        ];
    }

    private static Finding? Other<T>(string what, T then, T now) => Equals(then, now) ? null : new(
        "MLB6013", "What it was made of is other than it was", what, Convert.ToString(now, CultureInfo.InvariantCulture),
        Convert.ToString(then, CultureInfo.InvariantCulture), "make it as it was then, if that can still be had");

    private static string? Joined(IReadOnlyList<string>? features) => features == null ? null : string.Join(", ", features);

    private static Finding Missing(string why, string expected) => new(
        "MLB6015", "It cannot be made once more", "lineage", why, expected, "keep versions whose lineage is whole");
}
