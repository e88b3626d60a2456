using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Modeling.Explaining;

/// <summary>
/// Says what a model depends on: how much worse it gets when an input is shuffled, what each adds to its scores, and how predictions follow
/// the most important ones. It judges nothing.
/// </summary>
public sealed class ExplainStage : Stage<ExplainInput, ModelExplanation>
{
    private const int MostRows = 1000;
    private const int MostForeignRows = 100;
    private const int Shuffles = 3;
    private const int MostIntervals = 20;
    private const int MostExplained = 200;
    private const int MostDependences = 4;
    private const int GridPoints = 20;
    private const double Confidence = 0.95;

    /// <inheritdoc />
    public override string Name => "explain";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(ExplainInput input) =>
    [
        new("model", input.Model.Digest.ToString()), .. input.Rows.Key, new("metric", input.Metric.Name),
        StageInput.Of("hidden", input.Hidden),
    ];

    /// <inheritdoc />
    public override async Task<ModelExplanation> RunAsync(
        ExplainInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(input.Model.Path, cancellationToken));
        if (model is CommandModel && !input.RunsPrograms)
        {
            return new(input.Metric.Name, 0, null, [], []);
        }

        var (table, split) = await input.Rows.ReadAsync(cancellationToken);
        try
        {
            var rows = new AskedRows(model, table, split, input.Rows, model is ForeignModel ? MostForeignRows : MostRows);
            progress.Report(string.Create(
                CultureInfo.InvariantCulture, $"shuffling {rows.Fields.Count} inputs of {rows.Count:N0} hold-out rows"));
            var losses = Losses(rows, input, cancellationToken);
            var explanations = rows.Explain(MostExplained);
            var contributions = explanations.SelectMany(row => row)
                .SelectMany(told => told.Contributions)
                .GroupBy(part => part.Column)
                .ToDictionary(parts => parts.Key, parts => parts.Average(part => Math.Abs(part.Value)));
            var unit = explanations is [[var first, ..], ..] ? first.Unit : null;
            return new(
                input.Metric.Name, rows.Count, unit,
                [
                    .. losses.Select(loss => loss with
                    {
                        Contribution = contributions.TryGetValue(loss.Column, out var size) ? size : null,
                    }),
                    .. contributions.Where(part => losses.All(loss => loss.Column != part.Key))
                        .OrderByDescending(part => part.Value)
                        .Select(part => new ColumnImportance(part.Key, null, null, part.Value)),
                ],
                [.. Dependences(rows, model, losses, input)]);
        }
        finally
        {
            (model as ForeignModel)?.Close();
        }
    }

    // The original rows stand as often as the shuffled ones, so that both are resampled together.
    private static List<ColumnImportance> Losses(AskedRows rows, ExplainInput input, CancellationToken cancellationToken)
    {
        var metric = input.Metric;
        var known = rows.Predict();
        var reference = SplitFit.Together([.. Enumerable.Repeat(known, Shuffles)]);
        var losses = new List<(string Column, double Loss, PredictionSet Shuffled)>();
        var whole = metric.Judged(metric.Of(reference));
        foreach (var (field, rule) in rows.Fields.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new SplitMix64((ulong)input.Rows.Seed ^ StableHash.Of(rule.Name));
            var shuffled = SplitFit.Together(
                [.. Enumerable.Range(0, Shuffles).Select(_ => rows.Predict(field, random.NextOrder(rows.Count)))]);
            losses.Add((rule.Name, Worse(metric.Judged(metric.Of(shuffled)) - whole), shuffled));
        }

        return
        [
            .. losses.OrderByDescending(loss => double.IsNaN(loss.Loss) ? double.NegativeInfinity : loss.Loss)
                .ThenBy(loss => loss.Column, StringComparer.Ordinal)
                .Select((loss, place) => new ColumnImportance(
                    loss.Column, double.IsFinite(loss.Loss) ? loss.Loss : null,
                    place < MostIntervals ? IntervalOf(loss.Shuffled) : null, null)),
        ];

        double Worse(double difference) => metric.Direction == Direction.LowerIsBetter ? difference : -difference;

        Interval? IntervalOf(PredictionSet shuffled) =>
            PairedBlockBootstrap.Difference(metric, shuffled, reference, Confidence, input.Rows.Seed) is not { } difference ? null
                : metric.Direction == Direction.LowerIsBetter ? difference
                : new(-difference.Upper, -difference.Lower, difference.Confidence);
    }

    private static IEnumerable<PartialDependence> Dependences(
        AskedRows rows, TrainedModel model, List<ColumnImportance> losses, ExplainInput input)
    {
        if (model.Classes is { IsBinary: false })
        {
            yield break;
        }

        var shown = losses.Where(loss => loss.Loss > 0 && !input.Hidden.Contains(loss.Column))
            .Select(loss => rows.Fields.Index().First(field => field.Item.Name == loss.Column))
            .Where(field => field.Item.Kind != FieldKind.Text)
            .Take(MostDependences);
        foreach (var (field, rule) in shown)
        {
            var names = CategoryNames.Of(rule);
            IReadOnlyList<DependencePoint> points =
            [
                .. Grid(rows.Values(field)).Select(value => new DependencePoint(
                    value, rows.Mean(field, value, MostExplained), names == null ? null : CategoryNames.Text(names, value))),
            ];
            if (points.Count > 1 && points.All(point => double.IsFinite(point.Prediction)))
            {
                yield return new(rule.Name, model.Classes?.Names[1] ?? model.Target, points);
            }
        }
    }

    // All values where they are few, else quantiles.
    private static List<double> Grid(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        double[] distinct = [.. sorted.Distinct()];
        return distinct.Length <= GridPoints + 4
            ? [.. distinct]
            : [.. Enumerable.Range(0, GridPoints)
                .Select(point => sorted[(int)Math.Round(point * (sorted.Length - 1.0) / (GridPoints - 1))])
                .Distinct()];
    }
}
