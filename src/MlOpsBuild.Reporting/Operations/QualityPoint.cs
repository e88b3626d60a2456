using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Operations;

/// <summary>How good a version was on its hold-out.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">When it was tested.</param>
/// <param name="Metric">The metric of its first gate.</param>
/// <param name="Value">Its value.</param>
/// <param name="Lower">Lower end of the interval; null where there is none.</param>
/// <param name="Upper">Upper end.</param>
public sealed record QualityPoint(int Version, DateTimeOffset At, string Metric, double Value, double? Lower, double? Upper)
{
    /// <summary>The versions that <paramref name="runs"/> made, in their order, each as it was tested first.</summary>
    public static IReadOnlyList<QualityPoint> Of(IEnumerable<RunRecord> runs) =>
    [
        .. runs.Where(run => run is { Version: not null, Metrics.Count: > 0 }).GroupBy(run => run.Version!.Value)
            .Select(same => same.MinBy(run => run.Started)!).OrderBy(run => run.Version).Select(run => new QualityPoint(
                run.Version!.Value, run.Started, run.Metrics[0].Name, run.Metrics[0].Value, run.Metrics[0].Interval?.Lower,
                run.Metrics[0].Interval?.Upper)),
    ];
}
