using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Modeling.Training.MlNet;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Modeling.Training.Tests;

/// <summary>Chains of one's own: what a row scores is what ML.NET says of the table.</summary>
public sealed class MlNetTrainerTests
{
    private static readonly FeatureSpec[] Features = [new NumberFeature("X", Missing: 0), new OneHotFeature("Kind")];
    private static readonly ClassSet Two = new(["no", "yes"]);
    private static readonly ClassSet Three = new(["high", "low", "mid"]);

    [Fact]
    public void A_number_is_the_chains_score() => RequireSame(
        ml => ml.Regression.Trainers.FastTree(numberOfTrees: 10), null,
        scored => [.. scored.GetColumn<float>("Score").Select(score => new[] { score })]);

    [Fact]
    public void Of_two_classes_it_is_the_chains_probability() =>
        RequireSame(
            ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
                new Microsoft.ML.Trainers.LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
            Two, scored => [.. scored.GetColumn<float>("Probability").Select(probability => new[] { probability })]);

    [Fact]
    public void Of_more_classes_it_is_the_chains_scores_in_the_classes_order() =>
        RequireSame(
            ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                new Microsoft.ML.Trainers.LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
            Three, scored => [.. scored.GetColumn<float[]>("Score")]);

    [Fact]
    public void A_chain_may_make_its_own_features_of_texts() => RequireSame(
        ml => ml.Transforms.Text.FeaturizeText("Words", "Note")
            .Append(ml.Regression.Trainers.FastTree(featureColumnName: "Words", numberOfTrees: 10)),
        null, scored => [.. scored.GetColumn<float>("Score").Select(score => new[] { score })],
        [.. Features, new TextFeature("Note", 10, 1, 1)]);

    [Fact]
    public void Fitted_twice_it_is_the_same_to_the_byte() =>
        CanonicalJson.Serialize(Fit(ml => ml.Regression.Trainers.FastTree(numberOfTrees: 10), null))
            .ShouldBe(CanonicalJson.Serialize(Fit(ml => ml.Regression.Trainers.FastTree(numberOfTrees: 10), null)));

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        var model = Fit(ml => ml.Regression.Trainers.FastTree(numberOfTrees: 10), null);
        var expected = Enumerable.Range(0, 50).Select(x => model.Predict([x, x % 3, double.NaN]).Value).ToArray();

        Parallel.For(
            0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            row => model.Predict([row % 50, row % 50 % 3, double.NaN]).Value.ShouldBe(expected[row % 50]));
    }

    [Fact]
    public void A_chain_without_what_the_task_needs_is_one_finding()
    {
        Refused(ml => ml.Transforms.CopyColumns("Copy", "Features"), null).What.ShouldBe("The chain does not predict this task");
        Refused(ml => ml.BinaryClassification.Trainers.LinearSvm(), Two).Expected!.ShouldContain("calibrated");
    }

    [Fact]
    public void Scores_that_are_no_probabilities_are_refused() =>
        Refused(ml => ml.MulticlassClassification.Trainers.NaiveBayes(), Three).What.ShouldBe("Not probabilities");

    [Fact]
    public void The_chains_code_and_what_it_may_read_are_part_of_the_key()
    {
        var pipeline = Pipelines.Tests.TestPipeline.Specify(p => Pipelines.Tests.TestPipeline.Complete(p)
            .Features(f => f.Number(x => x.X))
            .Train(Trainers.MlNet(ml => ml.Regression.Trainers.FastTree())));

        new Stages.TrainStage().Key(new(new([], []), pipeline)).Select(part => part.Name).ShouldContain("trainer's code");
        new Stages.TrainStage().Key(new(new([], []), pipeline)).Select(part => part.Name).ShouldContain("parameters");
    }

    [Fact]
    public void A_chain_that_asks_for_a_column_that_is_not_there_is_one_finding() =>
        Refused(ml => ml.Transforms.Concatenate("Features", "Missing"), null).Value!.ShouldContain("Missing");

    private static void RequireSame(
        Func<MLContext, IEstimator<ITransformer>> chain, ClassSet? classes, Func<IDataView, List<float[]>> read,
        FeatureSpec[]? features = null)
    {
        var rows = Rows(classes, features ?? Features);
        var view = new FieldView(rows, CancellationToken.None);
        var context = new MLContext(1);
        var theirs = read(chain(context).Fit(view).Transform(view));

        var model =
            CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize(Trainers.MlNet(chain).Fit(rows, CancellationToken.None)));

        theirs.Count.ShouldBe(300);
        foreach (var (row, expected) in rows.Inputs().Zip(theirs))
        {
            Enumerable.Range(0, expected.Length).Select(position => (float)model.Predict(row.Input)[position]).ShouldBe(expected);
        }
    }

    private static TrainedModel Fit(Func<MLContext, IEstimator<ITransformer>> chain, ClassSet? classes) =>
        Trainers.MlNet(chain).Fit(Rows(classes, [.. Features, new TextFeature("Note", 10, 1, 1)]), CancellationToken.None);

    private static Finding Refused(Func<MLContext, IEstimator<ITransformer>> chain, ClassSet? classes) =>
        Should.Throw<StageFailedException>(() => Fit(chain, classes)).Findings.ShouldHaveSingleItem();

    private static TrainingRows Rows(ClassSet? classes, FeatureSpec[] features)
    {
        var text = new StringBuilder("X,Kind,Note,Label\n");
        for (var row = 0; row < 300; row++)
        {
            var value = (row % 17) + (row % 3 * 5);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(row % 11 == 0 ? "" : row % 17)},{"abc"[row % 3]},{(row % 2 == 0 ? "slow line" : "all good")},{classes switch { null => value, { IsBinary: true } => value > 12 ? 1 : 0, _ => value % 3 }}\n");
        }

        return TrainingRows.Of(
            Sample.Table<Row>(text.ToString()), features, new(TargetTransform.Identity, classes), standardise: false, seed: 1);
    }

    private sealed record Row(double? X, [property: Categories("a", "b", "c")] string Kind, string? Note, [property: Label] double Label);
}
