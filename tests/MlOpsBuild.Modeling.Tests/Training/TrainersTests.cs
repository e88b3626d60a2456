using MlOpsBuild.Core;

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
    public void The_ridge_strength_is_one_unless_said_otherwise()
    {
        Trainers.Linear().ShouldBe(new("linear", 1));
        Trainers.Linear(0.5).L2.ShouldBe(0.5);
    }

    [Fact]
    public void An_unknown_trainer_is_named() =>
        Should.Throw<UsageException>(() => Trainers.Of(new("forest", 1))).Findings.ShouldHaveSingleItem().Value.ShouldBe("forest");
}
