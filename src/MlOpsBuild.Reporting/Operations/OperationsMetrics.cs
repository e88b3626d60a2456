using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Statistics;

namespace MlOpsBuild.Reporting.Operations;

/// <summary>
/// How well models are delivered: DORA's four keys (deployment frequency, lead time for changes, change failure rate, time to recover from
/// a failed deployment), and training duration, rollback time and model quality over time.
/// </summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">Where it serves.</param>
/// <param name="From">First moment that counts; not before the first run.</param>
/// <param name="Until">Last moment.</param>
public sealed record OperationsMetrics(string Pipeline, string Environment, DateTimeOffset From, DateTimeOffset Until)
{
    private const double Ninety = 0.9;

    /// <summary>Versions that took over, in order.</summary>
    public IReadOnlyList<ChangeOutcome> Changes { get; init; } = [];

    /// <summary>Candidates that a canary sent back before they took over: caught, and no failure of a change.</summary>
    public int StoppedByCanary { get; init; }

    /// <summary>What each rollback took, in seconds, from the command to the confirmed change of traffic.</summary>
    public IReadOnlyList<double> Rollbacks { get; init; } = [];

    /// <summary>What each training took that was done and not restored, in seconds.</summary>
    public IReadOnlyList<double> Trainings { get; init; } = [];

    /// <summary>Quality of the versions, in order.</summary>
    public IReadOnlyList<QualityPoint> Quality { get; init; } = [];

    /// <summary>Versions that took over, per week; what is younger than a week counts as one.</summary>
    public double DeploymentsPerWeek => Changes.Count / Math.Max(1, (Until - From).TotalDays / 7);

    /// <summary>Median hours from a commit to its model serving; null where none is known.</summary>
    public double? LeadTimeHours => MedianOf(Changes.Select(change => change.LeadTime?.TotalHours).OfType<double>());

    /// <summary>Part of the versions that took over and were found bad later; null without any.</summary>
    public double? ChangeFailureRate => Changes.Count == 0 ? null : (double)Changes.Count(change => change.Failed != null) / Changes.Count;

    /// <summary>Median minutes from the moment that a bad version was noticed to another one serving; null where none is known.</summary>
    public double? RecoveryMinutes => MedianOf(Changes
        .Where(change => change is { Noticed: true, Failed: not null, Recovered: not null })
        .Select(change => (change.Recovered!.Value - change.Failed!.Value).TotalMinutes));

    /// <summary>Median seconds of a rollback; null without any.</summary>
    public double? RollbackSeconds => MedianOf(Rollbacks);

    /// <summary>Median seconds of a training; null without any.</summary>
    public double? TrainingSeconds => MedianOf(Trainings);

    /// <summary>Seconds that nine of ten trainings stay within; null without any.</summary>
    public double? TrainingSecondsNinety => QuantileOf(Trainings, Ninety);

    private static double? MedianOf(IEnumerable<double> values) => QuantileOf(values, 0.5);

    private static double? QuantileOf(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : Quantile.Of(sorted, share);
    }
}
