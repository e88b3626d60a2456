using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

/// <summary>Gates on slices and groups, and what all of them promise together, as a pipeline declares them.</summary>
public sealed class GatePipelineTests
{
    [Fact]
    public void Slices_are_judged_only_where_a_limit_is_given()
    {
        var specification = Numbers(p => p.Slice(x => x.Flag).Slice(x => x.Kind, worstAtMost: 3, championMargin: 0.1, minimumRows: 50));

        specification.Slices.ShouldBe(["flag", "kind"]);
        var gate = specification.SliceGates.ShouldHaveSingleItem();
        (gate.Column, gate.Bound, gate.ChampionMargin, gate.MinimumRows).ShouldBe(("kind", 3, 0.1, 50));
        (gate.NameOf(0), gate.NameOf(1), gate.NameOf(7)).ShouldBe(("small", "large", "7"));
    }

    [Theory]
    [InlineData(1.0, 1.0, null, 1, "worstAtMost and worstAtLeast")]
    [InlineData(null, 1.0, null, 1, "worstAtLeast")]
    [InlineData(null, null, -0.1, 1, "championMargin -0.1, minimumRows 1")]
    [InlineData(1.0, null, null, 0, "championMargin , minimumRows 0")]
    public void A_limit_that_cannot_hold_is_refused(double? atMost, double? atLeast, double? margin, int rows, string value) =>
        Should.Throw<UsageException>(() => Numbers(p => p.Slice(x => x.Kind, atMost, atLeast, margin, rows)))
            .Findings.ShouldHaveSingleItem().Value.ShouldBe(value);

    [Fact]
    public void Groups_may_be_personal_data_and_slices_may_not()
    {
        var specification = Classes(p => p.Fairness(x => x.Age, f => f.SelectionRate(0.1).TruePositiveRate(0.2).MinimumRows(50)));

        var groups = specification.Fairness.ShouldHaveSingleItem();
        (groups.Column, groups.MinimumRows).ShouldBe(("age", 50));
        groups.Limits.ShouldBe(new Dictionary<FairnessRate, double>
        {
            [FairnessRate.Selection] = 0.1, [FairnessRate.TruePositive] = 0.2,
        });
        specification.Slices.ShouldBeEmpty();
        Should.Throw<UsageException>(() => Classes(p => p.Slice(x => x.Age))).Findings
            .ShouldHaveSingleItem().Fix!.ShouldContain(".Fairness(…)");
    }

    [Fact]
    public void Groups_without_a_limit_are_only_reported() =>
        Classes(p => p.Fairness(x => x.Kind)).Fairness.ShouldHaveSingleItem().Limits.ShouldBeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    public void A_gap_that_decides_nothing_is_refused(double gap) =>
        Should.Throw<UsageException>(() => Classes(p => p.Fairness(x => x.Kind, f => f.FalsePositiveRate(gap))))
            .Findings.ShouldHaveSingleItem().What.ShouldBe("No fairness can be judged so");

    [Fact]
    public void Numbers_have_no_such_rates() =>
        Should.Throw<UsageException>(() => Numbers(p => p.Fairness(x => x.Kind))).Findings.ShouldHaveSingleItem()
            .Expected.ShouldBe("a model of two classes");

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_chance_that_is_none_is_refused(double chance) =>
        Should.Throw<UsageException>(() => Numbers(p => p.FalseFailures(atMost: chance))).Findings.ShouldHaveSingleItem()
            .Where.ShouldEndWith(".FalseFailures(…)");

    [Fact]
    public void The_usual_chance_is_taken_by_default()
    {
        Numbers(_ => { }).FalseFailures.ShouldBe(0.05);
        Numbers(p => p.FalseFailures(atMost: 0.01)).FalseFailures.ShouldBe(0.01);
    }

    private static PipelineSpec Numbers(Action<PipelineDefinition<Row>> more) => Built(
        p => p.Predict(x => x.Value, LearningTask.Regression).Gate(Metrics.Rmse, g => g.AtMost(1)), more);

    private static PipelineSpec Classes(Action<PipelineDefinition<Person>> more) => Built(
        p => p.Predict(x => x.Left, LearningTask.Binary).Gate(Metrics.AreaUnderRoc, g => g.AtLeast(0.6)), more);

    private static PipelineSpec Built<T>(Action<PipelineDefinition<T>> task, Action<PipelineDefinition<T>> more)
    {
        var pipeline = new PipelineDefinition<T>("Test", new Dictionary<string, string>());
        pipeline.Data(DataSource.Simulated(new DemandSimulation())).HoldOut(last: TimeSpan.FromDays(20))
            .Features(f => f.Number(Size<T>())).Train(Trainers.FastTree());
        task(pipeline);
        more(pipeline);
        return pipeline.Build();
    }

    private static System.Linq.Expressions.Expression<Func<T, double>> Size<T>()
    {
        var row = System.Linq.Expressions.Expression.Parameter(typeof(T));
        return System.Linq.Expressions.Expression.Lambda<Func<T, double>>(
            System.Linq.Expressions.Expression.Property(row, nameof(Row.Size)), row);
    }

    private sealed record Row(
        [property: Column("day"), Timestamp] DateOnly Day, [property: Column("size")] double Size, [property: Column("flag")] bool Flag,
        [property: Column("kind"), Categories("small", "large")] string Kind, [property: Column("value"), Label] double Value);

    private sealed record Person(
        [property: Column("day"), Timestamp] DateOnly Day, [property: Column("size")] double Size,
        [property: Column("kind"), Categories("small", "large")] string Kind,
        [property: Column("age"), PersonalData] int Age, [property: Column("left"), Label] bool Left);
}
