using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training.Linear;

namespace MlOpsBuild.Modeling.Training.Tests;

public sealed class TrainersTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_ridge_strength_that_is_no_positive_number_is_wrong_usage(double l2) =>
        Should.Throw<UsageException>(() => Trainers.Linear(l2)).Findings.ShouldHaveSingleItem().Where.ShouldBe("Trainers.Linear(l2)");

    [Fact]
    public void The_ridge_strength_is_one_unless_said_otherwise() => Trainers.Linear().ShouldBe(new LinearTrainer(1));

    [Fact]
    public void All_wrong_options_are_told_at_once() =>
        Should
            .Throw<UsageException>(() => Trainers.FastTree(
                trees: 0, leaves: 1, minimumExamplesPerLeaf: 0, learningRate: -1, featureFraction: 1.5))
            .Findings.Select(finding => finding.Where)
            .ShouldBe(
            [
                "Trainers.FastTree(trees)", "Trainers.FastTree(leaves)", "Trainers.FastTree(minimumExamplesPerLeaf)",
                "Trainers.FastTree(learningRate)", "Trainers.FastTree(featureFraction)"
            ]);

    [Fact]
    public void Each_family_says_its_name_and_its_options() =>
        ((TrainerSpec[])[Trainers.FastTree(), Trainers.LightGbm(), Trainers.FastForest(), Trainers.Gam()])
            .Select(trainer => trainer.Describe())
            .ShouldBe(
            [
                "fast-tree trees=100 leaves=20 minimumExamplesPerLeaf=10 learningRate=0.2 featureFraction=1 earlyStopping=0",
                "light-gbm trees=100 leaves=31 minimumExamplesPerLeaf=20 learningRate=0.1 earlyStopping=0",
                "fast-forest trees=100 leaves=20 minimumExamplesPerLeaf=10 featureFraction=1",
                "gam iterations=9500 maximumBins=255 learningRate=0.002",
            ]);
}
