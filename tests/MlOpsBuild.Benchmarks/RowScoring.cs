using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Benchmarks;

/// <summary>
/// Scoring one row after the other with 200 trees of 31 leaves, beside ML.NET's <c>PredictionEngine</c>: seconds for a million.
/// </summary>
internal static class RowScoring
{
    private const int Rows = 5_000;
    private const int Columns = 12;
    private const int Times = 5;
    private const double Million = 1e6;

    // 5 µs for a row.
    private const double MostSeconds = 5;

    public static BenchmarkResult Measure()
    {
        var random = new SplitMix64(1);
        var rows = Enumerable.Range(0, Rows)
            .Select(_ => Enumerable.Range(0, Columns).Select(_ => (float)random.NextDouble()).ToArray())
            .ToArray();
        var context = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns);
        var data = context.Data.LoadFromEnumerable(
            rows.Select(row => new Row
            {
                Features = row, Label = (row[0] * row[1]) + (row[2] > 0.5f ? 1 : 0) + (float)random.NextDouble()
            }),
            schema);
        var fitted = context.Regression.Trainers
            .FastTree(new FastTreeRegressionTrainer.Options { NumberOfTrees = 200, NumberOfLeaves = 31, NumberOfThreads = 1 })
            .Fit(data);
        var engine = context.Model.CreatePredictionEngine<Row, Prediction>(fitted, inputSchemaDefinition: schema);
        var model = Exported(fitted.Model);
        var (one, input, values) =
            (new Row(), new double[Columns], rows.Select(row => Array.ConvertAll(row, value => (double)value)).ToArray());
        var theirs = Best(row =>
        {
            one.Features = rows[row];
            return engine.Predict(one).Score;
        });
        var ours = Best(row => model.Predict(values[row]).Value);
        return new(
            $"scoring {Million:0,0} single rows (at most {MostSeconds} s)", ours, "ML.NET's PredictionEngine", theirs,
            Math.Min(1, MostSeconds / theirs));
    }

    private static double Best(Func<int, double> score)
    {
        var best = double.PositiveInfinity;
        var sum = 0.0;
        for (var turn = 0; turn < Times; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < 20 * Rows; i++)
            {
                sum += score(i % Rows);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return double.IsFinite(sum) ? best * Million / (20 * Rows) : throw new InvalidOperationException("a score is no number");
    }

    private static TreesModel Exported(FastTreeRegressionModelParameters fitted) => new()
    {
        Target = "y",
        Fields = [.. Enumerable.Range(0, Columns).Select(column => new FieldRule(Name(column), FieldKind.Real))],
        Scale = TargetTransform.Identity,
        Transform = new([.. Enumerable.Range(0, Columns).Select(column => new NumberTerm(Name(column), column, 0, 1))]),
        Average = false,
        Outputs = [new(null)
        {
            Trees = [.. fitted.TrainedTreeEnsemble.Trees.Select(tree => new DecisionTree(
                [.. tree.LeftChild], [.. tree.RightChild], [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds],
                [.. tree.LeafValues]))]
        }],
    };

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"x{column}");

    private sealed class Row
    {
        public float Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
