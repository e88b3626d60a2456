using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>A run record as MLflow knows runs: parameters, metrics, tags, a status. The same record gives the same facts.</summary>
internal sealed record RunFacts
{
    private const int LongestParameter = 6000;
    private const int LongestTag = 5000;
    private static readonly string[] Fitting = ["Train", "TestModel", "Package", "Deploy", "Retrain"];

    /// <summary>What it was made with.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>What was measured; the ends of an interval are metrics of their own.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Metrics { get; init; }

    /// <summary>What else is known.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; }

    /// <summary>FINISHED or FAILED.</summary>
    public required string Status { get; init; }

    /// <summary>When it ended: as long after it began as its stages took.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>Whether a run took data in: what only moved versions is seen by their aliases.</summary>
    public static bool Has(RunRecord run) => run.Data != null;

    /// <summary>The facts of <paramref name="run"/>.</summary>
    public static RunFacts Of(RunRecord run) => new()
    {
        Parameters = Cut(ParametersOf(run), LongestParameter),
        Metrics = EntityName.Distinct(MetricsOf(run).Where(metric => double.IsFinite(metric.Value))),
        Tags = Cut(TagsOf(run), LongestTag),
        Status = run.Verdict is not (null or Verdict.Passed) || (run.Model == null && run.Targets.Intersect(Fitting).Any())
            ? "FAILED"
            : "FINISHED",
        Ended = run.Started.AddSeconds(run.Stages.Sum(stage => stage.Seconds)),
    };

    private static IEnumerable<KeyValuePair<string, string?>> ParametersOf(RunRecord run) =>
    [
        .. run.Parameters.Select(parameter => new KeyValuePair<string, string?>(parameter.Key, parameter.Value)),
        new("mlops.trainer", run.Trainer),
        new("mlops.features", run.Features == null ? null : string.Join("; ", run.Features)),
        new("mlops.seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
        new("mlops.data", run.DataSource),
        new("mlops.rows", run.Rows?.ToString(CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<KeyValuePair<string, double>> MetricsOf(RunRecord run)
    {
        foreach (var metric in run.Metrics)
        {
            yield return new(metric.Name, metric.Value);
            if (metric.Interval is { } interval)
            {
                yield return new($"{metric.Name}.lower", interval.Lower);
                yield return new($"{metric.Name}.upper", interval.Upper);
            }
        }

        foreach (var stage in run.Stages.GroupBy(stage => stage.Stage))
        {
            yield return new($"stage.{stage.Key}.seconds", stage.Sum(each => each.Seconds));
        }

        if (run.AnswerTimes is { } times)
        {
            yield return new("answer.median.ms", times.Median);
            yield return new("answer.p95.ms", times.P95);
            yield return new("answer.p99.ms", times.P99);
        }

        if (run.ModelBytes is { } bytes)
        {
            yield return new("model.bytes", bytes);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> TagsOf(RunRecord run) =>
    [
        new("mlflow.user", run.Actor),
        new("mlflow.source.name", $"./build.sh {string.Join(' ', run.Targets)}".TrimEnd()),
        new("mlflow.source.type", run.Machine.ContainsKey("server") ? "JOB" : "LOCAL"),
        new("mlflow.source.git.commit", run.Source?.Commit),
        new("mlflow.source.git.branch", run.Source?.Branch),
        new(TagName.Pipeline, run.Pipeline),
        new("mlops.verdict", run.Verdict?.ToString()),
        new(TagName.Version, run.Version?.ToString(CultureInfo.InvariantCulture)),
        new("mlops.champion", run.Champion?.ToString(CultureInfo.InvariantCulture)),
        new("mlops.simulated", run.Simulated ? "true" : null),
        new("mlops.git.dirty", run.Source?.Dirty is { } dirty ? (dirty ? "true" : "false") : null),
        new("mlops.triggers", run.Triggers == null ? null : string.Join("; ", run.Triggers)),
        new("mlops.data.digest", run.Data?.ToString()),
        new("mlops.contract.digest", run.Contract?.ToString()),
        new("mlops.model.digest", run.Model?.ToString()),
        new(TagName.Bundle, run.Bundle?.ToString()),
        new("mlops.image.digest", run.Image?.ToString()),
        new("mlops.evidence.digest", run.Evidence?.ToString()),
        new("mlops.interval.confidence", run.Metrics.Select(metric => metric.Interval?.Confidence).FirstOrDefault(level => level != null)
            ?.ToString(CultureInfo.InvariantCulture)),
        .. run.Metrics.Where(metric => !double.IsFinite(metric.Value))
            .Select(metric => new KeyValuePair<string, string?>(
                $"mlops.undefined.{metric.Name}", metric.Undefined ?? metric.Value.ToString(CultureInfo.InvariantCulture))),
        .. run.Machine.OrderBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => new KeyValuePair<string, string?>($"mlops.machine.{fact.Key}", fact.Value)),
    ];

    // MLflow refuses what is longer; the whole of it is in the artifact run.json.
    private static List<KeyValuePair<string, string>> Cut(IEnumerable<KeyValuePair<string, string?>> pairs, int longest) =>
        EntityName.Distinct(pairs.Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => new KeyValuePair<string, string>(pair.Key, Excerpt.Of(pair.Value!, longest - 1))));
}
