using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Differences;
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
        Id = "20261121T120000.000Z", Pipeline = "BikeDemand", Started = Start, DataSource = "hour.csv", Rows = 17_379,
        Data = Digest.Of("data"), Model = Digest.Of("model"),
        Bundle = Digest.Of("bundle"), Version = 2, Champion = 1, Seed = 7,
        Parameters = new SortedDictionary<string, string> { ["l2"] = "1" },
        Source = new("0123456789abcdef0123456789abcdef01234567", "main", false),
        Stages =
        [
            new("ingest", Digest.Of("ingest"), true, null, 0.01, 1.5), new("train", Digest.Of("train"), false, "first run", 2.25, 2.25)
        ],
        Metrics = [Rmse(42.5) with { Interval = new(40.1, 45.2, 0.95) }],
        ModelBytes = 2048, AnswerTimes = new(100, 1.5, 2.2, 3),
        Checks =
        [
            new("golden predictions", Verdict.Passed, "100 answers of the server equal training's to the bit"),
            new("wrong input", Verdict.Passed, "6 of 6 refused with a reason")
        ],
    };

    /// <summary>A run that was tested and never packaged.</summary>
    public static RunRecord Bare { get; } = Run with { Checks = [], ModelBytes = null, AnswerTimes = null };

    public static Evidence Evidence { get; } = new(
        [Rmse(42.5) with { Interval = new(40.1, 45.2, 0.95) }, new("R²", 0.91, Direction.HigherIsBetter, 1440)],
        [
            Gate("RMSE at most 120", Verdict.Passed),
            Gate("RMSE not worse than champion", Verdict.Passed) with
            {
                Reference = 43.7, ReferenceName = "champion", Difference = new(-2.4, 0.1, 0.95)
            },
        ],
        [
            new("workingday", 1, 1000, "RMSE", 40.1, 41.2, new(-2, 0.5, 0.95)), new("workingday", 0, 440, "RMSE", 45, null, null),
            new("season", 4, 720, "RMSE", 39, 42, new(-4, -2, 0.95)),
        ],
        new Dictionary<string, IReadOnlyList<MetricValue>>
        {
            ["same hour last week"] = [Rmse(80), new("R²", 0.5, Direction.HigherIsBetter, 1440)],
            ["champion"] = [Rmse(43.7), new("R²", 0.9, Direction.HigherIsBetter, 1440)],
            ["candidate"] = [Rmse(42.5) with { Interval = new(40.1, 45.2, 0.95) }, new("R²", 0.91, Direction.HigherIsBetter, 1440)],
        });

    public static DeploymentRecord Deployment { get; } = new()
    {
        Id = "20261121T120100.000Z-v2", Pipeline = "BikeDemand", Environment = "local", Version = 2, From = 1, Started = Start,
        Outcome = DeploymentOutcome.Promoted, Policy = new(),
        Reason = "not worse by more than 10%: mean loss 1771 against 1814 on 300 requests that both answered, e-value 22.1",
        Looks = [Look(0, -0.1, CanaryDecision.Continue), Look(1, -0.4, CanaryDecision.Continue), Look(2, -0.9, CanaryDecision.Promote)],
    };

    public static RunRecord Champion { get; } = Run with
    {
        Id = "20261120T120000.000Z", Version = 1, Model = Digest.Of("champion"),
        Metrics = [Rmse(43.7) with { Interval = new(41, 46, 0.95) }], ModelBytes = null, AnswerTimes = new(100, 1.2, 1.9, 2.6),
        Stages = [new("train", Digest.Of("train"), false, "first run", 2, 2)],
    };

    public static DataContract Contract { get; } = ContractReader.Of<Row>();

    public static ReportInput Input { get; } = new(Run, Evidence, Predictions(14), Deployment)
    {
        Champion = Champion,
        Contract = Contract,
        Earlier = [Champion],
        Data = new("champion v1", false, new DataDifference(
            16_635, 17_379, ["hum: a number from 0 to 1 → a number"],
            [new("temp", 0.31, 0.001, 0.4, 0.6, 0, 0.02, Verdict.Failed), new("hum", 0.02, 0.001, 0.6, 0.61, 0, 0, Verdict.Passed)],
            ["weather"])),
    };

    public static GateOutcome Gate(string name, Verdict verdict, bool blocking = true) =>
        new(name, "RMSE", 42.5, 120, "bound", null, verdict, "42.5 against a bound of 120", blocking);

    public static ReportInput Judged(params GateOutcome[] gates) => Input with { Evidence = Evidence with { Gates = gates } };

    public static PredictionSet Predictions(int days) => new(
        "candidate", [.. Days(days).SelectMany(day => Enumerable.Repeat(day, 24))],
        [.. Enumerable.Range(0, days * 24).Select(hour => 100.0 + (hour % 24))],
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
        return Input with
        {
            Run = run with { Checks = [new(text, Verdict.Failed, text)] },
            Evidence = evidence,
            Deployment = Deployment with { Reason = text, Environment = text },
            Data = new(text, false, new DataDifference(1, 2, [text], [new(text, 0.31, 0.001, 0.4, 0.6, 0, 0.02, Verdict.Failed)], [text])),
            Contract = Contract with
            {
                Columns = [.. Contract.Columns.Select(column => column.Name == "workingday"
                    ? column with { Rule = column.Rule with { Name = text } }
                    : column)]
            },
        };
    }

    private static MetricValue Rmse(double value) => new("RMSE", value, Direction.LowerIsBetter, 1440);

    private static IEnumerable<int> Days(int days) => Enumerable.Range(new DateOnly(2012, 11, 2).DayNumber, days);

    private static CanaryLook Look(int seconds, double harm, CanaryDecision decision) => new(
        Start.AddSeconds(seconds), 50,
        new(
            150 * (seconds + 1), 100 * (seconds + 1), 101 * (seconds + 1), 100, 0,
            [.. Enum.GetValues<BadEvent>().Select(kind => new CanaryMetric(kind, 1, 2, 100, 101, harm, 1.5, 0, 0.03))],
            new(100 * (seconds + 1), 100 * (seconds + 1), 1, 3, 1771, 1814, -0.5, 2.25, harm, 1.2 * (seconds + 1)), new(100, 0.07, null),
            new(1.5, 1.4, 1.07, 1.02, 1.12, [1.5]), 0.1),
        decision, "looked");

    /// <summary>Columns that slices are made of.</summary>
    public sealed record Row(
        [property: Column("workingday")] bool WorkingDay,
        [property: Column("season")] int Season,
        [property: Column("sky"), Categories("clear", "rain")] string Sky,
        [property: Column("age"), PersonalData] int Age,
        [property: Column("cnt"), Label] int Count);
}
