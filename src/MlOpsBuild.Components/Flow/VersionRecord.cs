using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>What a change proposes: a version, in a file of the repository.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Model">The model.</param>
/// <param name="Data">The data it was made from.</param>
/// <param name="Rows">Rows of it.</param>
/// <param name="Run">The run that made it.</param>
/// <param name="Triggers">Why it was made.</param>
/// <param name="Metrics">Its metrics on the hold-out.</param>
internal sealed record VersionRecord(
    string Pipeline, int Version, Digest? Bundle, Digest? Model, Digest? Data, int? Rows, string Run, IReadOnlyList<string> Triggers,
    IReadOnlyList<MetricValue> Metrics)
{
    /// <summary>The version that <paramref name="run"/> made.</summary>
    public static VersionRecord Of(RunRecord run) => new(
        run.Pipeline, run.Version!.Value, run.Bundle, run.Model, run.Data, run.Rows, run.Id, run.Triggers ?? [], run.Metrics);
}
