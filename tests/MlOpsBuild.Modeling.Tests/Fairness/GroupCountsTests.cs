using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Fairness.Tests;

public sealed class GroupCountsTests
{
    // Two blocks of four rows; groups 0 and 1 by turns.
    private static readonly PredictionSet Set = new(
        "candidate", [0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 0, 0, 1, 1, 0, 0], [0.9, 0.2, 0.8, 0.1, 0.9, 0.9, 0.3, 0.7],
        new Dictionary<string, double[]>())
    {
        Classes = new(["no", "yes"]),
    };

    private static readonly double[] Groups = [0, 1, 0, 1, 0, 1, 0, 1];

    [Theory]
    [InlineData(FairnessRate.Selection, 4, 0.75, 4, 0.5)]
    [InlineData(FairnessRate.TruePositive, 2, 1, 2, 0.5)]
    [InlineData(FairnessRate.FalsePositive, 2, 0.5, 2, 0.5)]
    public void Rows_count_where_the_rate_is_about_them(FairnessRate rate, int first, double ofFirst, int second, double ofSecond)
    {
        var counts = Of(rate);

        counts.Select(group => (group.Rows, group.Whole)).ShouldBe([(first, ofFirst), (second, ofSecond)]);
    }

    [Fact]
    public void Blocks_count_as_often_as_they_were_drawn()
    {
        var first = Of(FairnessRate.Selection)[0];

        (first.Rate([1, 1]), first.Rate([2, 0]), first.Rate([0, 2]), first.Rate([1, 3])).ShouldBe((0.75, 1, 0.5, 0.625));
        double.IsNaN(first.Rate([0, 0])).ShouldBeTrue();
    }

    [Fact]
    public void The_answer_is_given_at_the_models_threshold()
    {
        var counts = GroupCounts.Of(
            Set with { Classes = new(["no", "yes"], 0.85) }, Groups, FairnessRate.Selection, Blocks.Of(Set));

        counts.Select(group => group.Whole).ShouldBe([0.5, 0.25]);
    }

    private static IReadOnlyList<GroupCounts> Of(FairnessRate rate) => GroupCounts.Of(Set, Groups, rate, Blocks.Of(Set));
}
