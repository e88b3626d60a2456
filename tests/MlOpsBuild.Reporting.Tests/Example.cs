using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Tests;

/// <summary>A report's input with one of everything.</summary>
internal static class Example
{
    public const string Hostile = "<script>alert(1)</script>|@here `x`\n# *bold* [a](http://evil.example) & \"quoted\"";

    public static DateTimeOffset Start { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static RunRecord Run { get; } = new()
    {
        Id = "20261121T120000.000Z", Pipeline = "BikeDemand", Started = Start, DataSource = "hour.csv", Rows = 17_379, Data = Digest.Of("data"), Model = Digest.Of("model"),
        Bundle = Digest.Of("bundle"), Version = 2, Champion = 1, Seed = 7, Parameters = new SortedDictionary<string, string> { ["l2"] = "1" },
        Source = new("0123456789abcdef0123456789abcdef01234567", "main", false),
        Stages = [new("ingest", Digest.Of("ingest"), true, null, 0.01, 1.5), new("train", Digest.Of("train"), false, "first run", 2.25, 2.25)],
    };

    public static Evidence Evidence { get; } = new(
        [Rmse(42.5), new("R²", 0.91, Direction.HigherIsBetter, 1440)],
        [
            Gate("RMSE at most 120", Verdict.Passed),
            Gate("RMSE not worse than champion", Verdict.Passed) with { Reference = 43.7, ReferenceName = "champion", Difference = new(-2.4, 0.1, 0.95) },
        ],
        [new("workingday", 1, 1000, "RMSE", 40.1, 41.2, new(-2, 0.5, 0.95)), new("workingday", 0, 440, "RMSE", 45, null, null)],
        new Dictionary<string, IReadOnlyList<MetricValue>>
        {
            ["same hour last week"] = [Rmse(80), new("R²", 0.5, Direction.HigherIsBetter, 1440)],
            ["champion"] = [Rmse(43.7), new("R²", 0.9, Direction.HigherIsBetter, 1440)],
            ["candidate"] = [Rmse(42.5), new("R²", 0.91, Direction.HigherIsBetter, 1440)],
        });

    public static DeploymentRecord Deployment { get; } = new()
    {
        Id = "20261121T120100.000Z-v2", Pipeline = "BikeDemand", Environment = "local", Version = 2, From = 1, Started = Start, Outcome = DeploymentOutcome.Promoted,
        Reason = "no metric is worse by 2 times or more, after 300 canary requests", Looks = [Look(0, -0.1, CanaryDecision.Continue), Look(1, -0.4, CanaryDecision.Continue), Look(2, -0.9, CanaryDecision.Promote)],
    };

    public static ReportInput Input { get; } = new(Run, Evidence, Predictions(14), Deployment);

    public static GateOutcome Gate(string name, Verdict verdict, bool blocking = true) =>
        new(name, "RMSE", 42.5, 120, "bound", null, verdict, "42.5 against a bound of 120", blocking);

    public static ReportInput Judged(params GateOutcome[] gates) => Input with { Evidence = Evidence with { Gates = gates } };

    public static PredictionSet Predictions(int days) => new(
        "candidate", [.. Days(days).SelectMany(day => Enumerable.Repeat(day, 24))], [.. Enumerable.Range(0, days * 24).Select(hour => 100.0 + (hour % 24))],
        [.. Enumerable.Range(0, days * 24).Select(hour => 101.0 + (hour % 24))], new Dictionary<string, double[]>());

    /// <summary>The same report with <paramref name="text"/> wherever a text comes from outside.</summary>
    public static ReportInput With(string text)
    {
        var evidence = Evidence with
        {
            Gates = [Gate(text, Verdict.Failed) with { ReferenceName = text, Evidence = text }],
            Slices = [.. Evidence.Slices.Select(slice => slice with { Column = text })],
            Predictors = Evidence.Predictors.ToDictionary(pair => pair.Key == "champion" ? text : pair.Key, pair => pair.Value),
        };
        var run = Run with
        {
            Pipeline = text, DataSource = text, Source = new("0123456789abcdef0123456789abcdef01234567", text, false),
            Parameters = new Dictionary<string, string> { [text] = text }, Stages = [new(text, Digest.Of("stage"), false, text, 1, 1)],
        };
        return new(run, evidence, Predictions(14), Deployment with { Reason = text, Environment = text });
    }

    private static MetricValue Rmse(double value) => new("RMSE", value, Direction.LowerIsBetter, 1440);

    private static IEnumerable<int> Days(int days) => Enumerable.Range(new DateOnly(2012, 11, 2).DayNumber, days);

    private static CanaryLook Look(int seconds, double harm, CanaryDecision decision) => new(
        Start.AddSeconds(seconds), 50, 100 * (seconds + 1), 101 * (seconds + 1), [.. Enum.GetValues<BadEvent>().Select(kind => new CanaryMetric(kind, 1, 2, 100, 101, harm, 1.5, 0.03))], 0.1, decision, "looked");
}
