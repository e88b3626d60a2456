using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

/// <summary>Every metric on 50 random vectors, ties and weights among them, beside scikit-learn's.</summary>
public sealed class ScikitLearnMetricTests
{
    private const int Vectors = 50;
    private const string Program = """
        import json, sys
        import numpy as np
        from sklearn import metrics as m
        from sklearn.preprocessing import label_binarize
        out = []
        for case in json.load(sys.stdin):
            y, p, kind = np.array(case["labels"]), np.array(case["predictions"]), case["kind"]
            if kind == "numbers":
                out.append({
                    "RMSE": m.mean_squared_error(y, p, squared=False), "MAE": m.mean_absolute_error(y, p), "R²": m.r2_score(y, p), "Bias": float(np.mean(p - y)),
                    "MAPE": m.mean_absolute_percentage_error(y, p), "RMSLE": m.mean_squared_log_error(y, p, squared=False), "Pinball at 0.9": m.mean_pinball_loss(y, p, alpha=0.9)})
                continue
            if kind == "binary":
                s = (p >= 0.5).astype(int)
                t = (p >= 0.3).astype(int)
                out.append({
                    "AUC": m.roc_auc_score(y, p), "Average precision": m.average_precision_score(y, p), "Log-loss": m.log_loss(y, p), "Brier": m.brier_score_loss(y, p),
                    "F1": m.f1_score(y, s), "Precision": m.precision_score(y, s), "Recall": m.recall_score(y, s),
                    "Precision at 0.3": m.precision_score(y, t), "Recall at 0.3": m.recall_score(y, t), "F1 at 0.3": m.f1_score(y, t)})
            else:
                p = p.reshape(len(y), 4)
                s = p.argmax(axis=1)
                hot = label_binarize(y, classes=[0, 1, 2, 3])
                out.append({
                    "AUC": m.roc_auc_score(y, p, multi_class="ovr"), "Average precision": m.average_precision_score(hot, p), "Log-loss": m.log_loss(y, p, labels=[0, 1, 2, 3]), "Brier": float(np.mean(np.sum((hot - p) ** 2, axis=1))),
                    "F1": m.f1_score(y, s, average="macro"), "Precision": m.precision_score(y, s, average="macro"), "Recall": m.recall_score(y, s, average="macro")})
            out[-1].update({"Accuracy": m.accuracy_score(y, s), "Balanced accuracy": m.balanced_accuracy_score(y, s), "MCC": m.matthews_corrcoef(y, s)})
        json.dump(out, sys.stdout)
        """;

    private static readonly ClassSet Two = new(["no", "yes"]);
    private static readonly ClassSet Four = new(["a", "b", "c", "d"]);

    [ScikitLearnFact]
    public async Task Metrics_are_scikit_learns()
    {
        PredictionSet[] sets = [.. Enumerable.Range(1, Vectors)
            .SelectMany(seed => new[] { Numbers(seed), Classes(seed, Two), Classes(seed, Four) })];
        var asked = JsonSerializer.Serialize(sets.Select(set => new
        {
            kind = set.Classes == null ? "numbers" : set.Classes.IsBinary ? "binary" : "many", labels = set.Labels,
            predictions = set.Predictions
        }));

        var theirs = JsonSerializer.Deserialize<List<Dictionary<string, double>>>(
            await ScikitLearn.RunAsync(Program, asked, CancellationToken.None))!;

        Metric[] own =
        [
            .. Metrics.For(null), .. Metrics.For(Two), Metrics.Mape, Metrics.Rmsle, Metrics.Pinball(0.9), Metrics.PrecisionAt(0.3),
            Metrics.RecallAt(0.3), Metrics.F1At(0.3)
        ];
        foreach (var (set, values) in sets.Zip(theirs))
        {
            foreach (var (name, value) in values)
            {
                var metric = own.First(metric => metric.Name == name);
                metric.Of(set).ShouldBe(
                    value, 1e-12 * Math.Max(1, Math.Abs(value)), string.Create(CultureInfo.InvariantCulture, $"{name} of {set.Predictor}"));
            }
        }

        theirs.Count.ShouldBe(3 * Vectors);
        theirs.Sum(values => values.Count).ShouldBe(Vectors * (7 + 13 + 10));
    }

    private static PredictionSet Numbers(int seed)
    {
        var random = new SplitMix64((ulong)seed);
        double[] labels = [.. Enumerable.Range(0, 20 + (seed * 3)).Select(_ => (seed % 5 == 0 ? 1e6 : 1) + (random.NextDouble() * 9))];
        return new(
            $"numbers {seed}", new int[labels.Length], labels, [.. labels.Select(label => label + (random.NextDouble() * 0.9))],
            new Dictionary<string, double[]>());
    }

    private static PredictionSet Classes(int seed, ClassSet classes)
    {
        var random = new SplitMix64((ulong)seed);
        var count = classes.Names.Count;
        double[] labels = [.. Enumerable.Range(0, 40 + (seed * 3)).Select(row => row < count ? row : (double)random.NextInt(count))];

        // Rounded, so that many are equal.
        var predictions = labels.SelectMany(label =>
        {
            var each = Enumerable.Range(0, count)
                .Select(position => Math.Round(0.1 + random.NextDouble() + (position == (int)label ? 0.5 : 0), seed % 2 == 0 ? 1 : 6))
                .ToArray();
            return count == 2 ? [each[1] / (each[0] + each[1])] : each.Select(value => value / each.Sum());
        });
        return new($"{count} classes {seed}", new int[labels.Length], labels, [.. predictions], new Dictionary<string, double[]>())
        {
            Classes = classes
        };
    }
}
