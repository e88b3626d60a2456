using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.MachineLearning.Tests;

/// <summary>What ML.NET fits and what we serve are the same function, to the bit.</summary>
public sealed class MachineLearningTrainerTests
{
    private const int Training = 3_000;
    private const int Unseen = 10_000;
    private static readonly FeatureSpec[] Features =
    [
        new NumberFeature("A"), new NumberFeature("B"), new NumberFeature("C"), new OneHotFeature("Kind")
    ];

    public static TheoryData<string> Families { get; } = ["fast-tree", "light-gbm", "fast-forest", "gam"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Scores_of_unseen_rows_are_the_trainers_to_the_bit_missing_and_unseen_values_included(string family) =>
        RequireSame(family, Features, null);

    [Theory]
    [MemberData(nameof(Families))]
    public void So_are_probabilities_of_two_classes(string family) => RequireSame(family, Features, new(["low", "high"]));

    [Theory]
    [MemberData(nameof(Families))]
    public void So_are_probabilities_of_each_of_many_classes_against_the_rest(string family) =>
        RequireSame(family, Features, new(["low", "middle", "high"]));

    [Theory]
    [MemberData(nameof(Families))]
    public void The_same_rows_give_the_same_bytes_in_every_culture(string family)
    {
        var before = CultureInfo.CurrentCulture;
        var first = CanonicalJson.Serialize(Fitted.By(Trainer(family), Table(600, 1), Features));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("");
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";

            CanonicalJson.Serialize(Fitted.By(Trainer(family), Table(600, 1), Features)).ShouldBe(first);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_prediction_is_in_the_targets_unit(string family)
    {
        var rows = Table(600, 1);

        var model = Fitted.By(Trainer(family), rows, Features, TargetTransform.Log1p);

        var predictions = FieldRows.Of(rows, model.Fields).Select(row => model.Predict(row)).ToList();
        predictions.ShouldAllBe(prediction => prediction.Value >= 0);
        predictions.Average(prediction => prediction.Value).ShouldBe(rows.Label.Average(), 0.25 * rows.Label.Average());
    }

    [Fact]
    public void Boosting_stops_when_the_newest_rows_are_predicted_no_better()
    {
        var rows = Table(3_000, 1);

        foreach (var trainer in (TrainerSpec[])
        [
            Trainers.FastTree(trees: 2_000, earlyStopping: 20), Trainers.LightGbm(trees: 2_000, earlyStopping: 20)
        ])
        {
            var model = Fitted.By(trainer, rows, Features).ShouldBeOfType<TreesModel>();
            model.Outputs[0].Trees.Count.ShouldBeInRange(20, 1_500, trainer.Kind);
            CanonicalJson.Serialize<TrainedModel>(Fitted.By(trainer, rows, Features))
                .ShouldBe(CanonicalJson.Serialize<TrainedModel>(model));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Cancellation_is_heard(string family) =>
        Should.Throw<OperationCanceledException>(() => Fitted.By(
            Trainer(family), Table(600, 1), Features, cancellationToken: new CancellationToken(canceled: true)));

    private static void RequireSame(string family, FeatureSpec[] features, ClassSet? classes)
    {
        if (Trainer(family) is MachineLearningTrainer<TreeEnsemble> trees)
        {
            RequireSame(trees, features, classes);
        }
        else
        {
            RequireSame((MachineLearningTrainer<StepSum>)Trainer(family), features, classes);
        }
    }

    private static void RequireSame<TOutput>(MachineLearningTrainer<TOutput> trainer, FeatureSpec[] features, ClassSet? classes)
    {
        var rows = TrainingRows.Of(
            Labelled(Table(Training, 1), classes), features, new(TargetTransform.Identity, classes), standardise: false, seed: 3);
        var context = new MLContext(3);
        var unseen = Table(Unseen, 2, widest: 40, kinds: 5);
        var (outputs, theirs) = (new List<TOutput>(), new List<IReadOnlyList<ScoredRow>>());
        foreach (var position in classes switch { null => new[] { 0 }, { IsBinary: true } => [1], _ => [0, 1, 2] })
        {
            var (fitted, output) = trainer.Fit(
                context,
                new(3, new DesignView(rows, classes == null ? null : position, CancellationToken.None), null, classes != null, false));
            outputs.Add(output);
            theirs.Add(Scores(context, fitted, rows, unseen));
        }

        var served = (SinglePrecisionModel)CanonicalJson.Deserialize<TrainedModel>(
            CanonicalJson.Serialize<TrainedModel>(trainer.Assemble(rows, outputs)));

        foreach (var (output, scores) in theirs.Index())
        {
            var differing = FieldRows.Of(unseen, rows.Fields)
                .Zip(scores)
                .Count(pair => !Same(served, rows, pair.First, output, pair.Second));
            (scores.Count, differing).ShouldBe((Unseen, 0));
            scores.Distinct().Count().ShouldBeGreaterThan(20);
        }

        foreach (var row in FieldRows.Of(unseen, rows.Fields).Take(100))
        {
            var prediction = served.Predict(row);
            prediction.Count.ShouldBe(classes?.Width ?? 1);
            Enumerable.Range(0, classes is { IsBinary: false } ? 3 : 0).Sum(position => prediction[position])
                .ShouldBe(classes is { IsBinary: false } ? 1 : 0, 1e-12);
        }
    }

    private static bool Same(SinglePrecisionModel served, TrainingRows rows, double[] row, int output, ScoredRow theirs)
    {
        var design = new float[rows.Transform.Width];
        rows.Transform.Write(row, design.AsSpan());
        return BitConverter.SingleToInt32Bits(served.Score(design, output)) == BitConverter.SingleToInt32Bits(theirs.Score)
            && (theirs.Probability is not { } probability
                || BitConverter.SingleToInt32Bits(served.Probability(design, output)) == BitConverter.SingleToInt32Bits(probability));
    }

    // Thirds or halves of the labels, as positions.
    private static DataTable Labelled(DataTable table, ClassSet? classes)
    {
        var bounds = table.Label.Order().ToArray() is var sorted && classes != null
            ? Enumerable.Range(1, classes.Names.Count - 1).Select(part => sorted[sorted.Length * part / classes.Names.Count]).ToArray()
            : [];
        return classes == null
            ? table
            : table with
            {
                Columns = table.Columns.ToDictionary(
                    column => column.Key,
                    column => column.Key == "Value"
                        ? [.. column.Value.Select(value => (double)bounds.Count(bound => value >= bound))]
                        : column.Value)
            };
    }

    private static TrainerSpec Trainer(string family) => family switch
    {
        "fast-tree" => Trainers.FastTree(trees: 40),
        "light-gbm" => Trainers.LightGbm(trees: 40),
        "fast-forest" => Trainers.FastForest(trees: 40),
        _ => Trainers.Gam(iterations: 500),
    };

    // A product, steps, a kind, and a tenth of A and B missing.
    private static DataTable Table(int rows, int seed, double widest = 10, int kinds = 3)
    {
        var random = new SplitMix64((ulong)seed);
        var text = new StringBuilder("A,B,C,Kind,Value\n");
        for (var row = 0; row < rows; row++)
        {
            double? Draw(double missing) => random.NextDouble() < missing ? null : (random.NextDouble() - 0.5) * widest;
            var (a, b, c, kind) = (Draw(0.1), Draw(0.1), Draw(0)!.Value, random.NextInt(kinds));
            var value = 100 + ((a ?? 2) * (b ?? -1)) + (c > 0 ? 20 : 0) + (kind * 7) + random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{a},{b},{c},{kind},{Math.Max(0, value)}\n");
        }

        return Sample.Table<Row>(text.ToString());
    }

    private static IReadOnlyList<ScoredRow> Scores(MLContext context, ITransformer fitted, TrainingRows rows, DataTable table)
    {
        var schema = SchemaDefinition.Create(typeof(Single));
        schema[nameof(Single.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Transform.Width);
        var singles = FieldRows.Of(table, rows.Fields).Select(row =>
        {
            var features = new float[rows.Transform.Width];
            rows.Transform.Write(row, features.AsSpan());
            return new Single { Features = features };
        }).ToList();
        return ScoredRow.Of(fitted.Transform(context.Data.LoadFromEnumerable(singles, schema)));
    }

    // Not the view that training uses: the same rows in ML.NET's own form.
    private sealed class Single
    {
        public float Label { get; init; }

        public bool IsOfClass { get; init; }

        public float[] Features { get; init; } = [];
    }

    private sealed record Row(double? A, double? B, double C, int Kind, [property: Label] double Value);
}
