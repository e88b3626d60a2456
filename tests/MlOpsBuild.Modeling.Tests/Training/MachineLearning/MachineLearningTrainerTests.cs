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

namespace MlOpsBuild.Modeling.Training.MachineLearning.Tests;

/// <summary>What ML.NET fits and what we serve are the same function, to the bit.</summary>
public sealed class MachineLearningTrainerTests
{
    private const int Training = 3_000;
    private const int Unseen = 10_000;
    private static readonly FeatureSpec[] Features = [new(FeatureKind.Number, "A"), new(FeatureKind.Number, "B"), new(FeatureKind.Number, "C"), new(FeatureKind.OneHot, "Kind")];

    public static TheoryData<string> Families { get; } = ["fast-tree", "light-gbm", "fast-forest", "gam"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Scores_of_unseen_rows_are_the_trainers_to_the_bit_missing_and_unseen_values_included(string family)
    {
        var trainer = Trainer(family);
        var rows = TrainingRows.Of(Table(Training, 1), Features, TargetTransform.Identity, standardise: false, seed: 3);
        var context = new MLContext(3);
        var fitted = trainer.Fit(context, 3, SingleRows.Of(context, rows, CancellationToken.None).View, validation: null);
        var served = CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize<TrainedModel>(trainer.Export(fitted, rows)));
        var unseen = Table(Unseen, 2, widest: 40, kinds: 5);

        var theirs = Scores(context, fitted, rows, unseen);

        var differing = FieldRows.Of(unseen, rows.Fields).Select(row => (float)served.Predict(row.Row)).Zip(theirs)
            .Count(pair => BitConverter.SingleToInt32Bits(pair.First) != BitConverter.SingleToInt32Bits(pair.Second));
        (theirs.Count, differing).ShouldBe((Unseen, 0));
        theirs.Distinct().Count().ShouldBeGreaterThan(20);
    }

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

        var predictions = FieldRows.Of(rows, model.Fields).Select(row => model.Predict(row.Row)).ToList();
        predictions.ShouldAllBe(prediction => prediction >= 0);
        predictions.Average().ShouldBe(rows.Label.Average(), 0.25 * rows.Label.Average());
    }

    [Fact]
    public void Boosting_stops_when_the_newest_rows_are_predicted_no_better()
    {
        var rows = Table(3_000, 1);

        foreach (var trainer in (TrainerSpec[])[Trainers.FastTree(trees: 2_000, earlyStopping: 20), Trainers.LightGbm(trees: 2_000, earlyStopping: 20)])
        {
            var model = Fitted.By(trainer, rows, Features).ShouldBeOfType<TreesModel>();
            model.Trees.Count.ShouldBeInRange(20, 1_500, trainer.Kind);
            CanonicalJson.Serialize<TrainedModel>(Fitted.By(trainer, rows, Features)).ShouldBe(CanonicalJson.Serialize<TrainedModel>(model));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Cancellation_is_heard(string family) =>
        Should.Throw<OperationCanceledException>(() => Fitted.By(Trainer(family), Table(600, 1), Features, cancellationToken: new CancellationToken(canceled: true)));

    private static MachineLearningTrainer Trainer(string family) => (MachineLearningTrainer)(family switch
    {
        "fast-tree" => Trainers.FastTree(trees: 40),
        "light-gbm" => Trainers.LightGbm(trees: 40),
        "fast-forest" => Trainers.FastForest(trees: 40),
        _ => Trainers.Gam(iterations: 500),
    });

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

    private static List<float> Scores(MLContext context, ITransformer fitted, TrainingRows rows, DataTable table)
    {
        var schema = SchemaDefinition.Create(typeof(SingleRow));
        schema[nameof(SingleRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Transform.Width);
        var singles = FieldRows.Of(table, rows.Fields).Select(row =>
        {
            var features = new float[rows.Transform.Width];
            rows.Transform.Write(row.Row, features.AsSpan());
            return new SingleRow { Features = features };
        }).ToList();
        return [.. fitted.Transform(context.Data.LoadFromEnumerable(singles, schema)).GetColumn<float>("Score")];
    }

    private sealed record Row(double? A, double? B, double C, int Kind, [property: Label] double Value);
}
