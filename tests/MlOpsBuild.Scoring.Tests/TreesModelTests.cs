using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring.Tests;

public sealed class TreesModelTests
{
    private static readonly DecisionTree Small = new([~0], [~1], [0], [0.5f], [1, 2]);
    private static readonly DecisionTree Large = new([], [], [], [], [40]);

    [Fact]
    public void Boosted_trees_are_summed() => Model(average: false).Predict([1]).Value.ShouldBe(42);

    [Fact]
    public void Trees_of_a_forest_are_averaged() => Model(average: true).Predict([0]).Value.ShouldBe(20.5);

    [Fact]
    public void The_scale_of_the_target_is_undone() =>
        (Model(average: false) with { Scale = TargetTransform.Log1p }).Predict([1]).Value.ShouldBe(Math.Exp(42) - 1);

    [Fact]
    public void The_sum_becomes_single_once() =>
        (Model(average: false) with
        {
            Outputs = [new(null) { Trees = [new([], [], [], [], [16_777_216]), new([], [], [], [], [0.75]), new([], [], [], [], [0.75])] }]
        })
            .Predict([0]).Value.ShouldBe(16_777_218);

    private static TreesModel Model(bool average) => new()
    {
        Target = "y", Fields = [new FieldRule("x", FieldKind.Real)], Scale = TargetTransform.Identity,
        Transform = new([new NumberTerm("x", 0, 0, 1)]), Average = average, Outputs = [new(null) { Trees = [Small, Large] }],
    };
}
