using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Best.Tests;

public sealed class FamilyCandidateTests
{
    [Fact]
    public void The_cheapest_comes_first_and_every_family_is_among_them()
    {
        FamilyCandidate.All[0].PerCell.ShouldBe(FamilyCandidate.All.Min(candidate => candidate.PerCell));
        FamilyCandidate.All.Select(candidate => candidate.Trainer.Kind).Distinct().Order()
            .ShouldBe(["fast-forest", "fast-tree", "gam", "light-gbm", "linear"]);
        FamilyCandidate.All.Select(candidate => candidate.Trainer.Describe()).ShouldBeUnique();
    }

    /// <summary>100 rows of one column at 3,000 ns a cell: 0.3 ms; three classes are told each by trees of their own.</summary>
    [Fact]
    public void What_a_fit_costs_follows_from_rows_columns_and_classes()
    {
        var trees = new FamilyCandidate(Trainers.FastTree(), 3000);

        trees.CostOn(Rows(100, null)).ShouldBe(TimeSpan.FromTicks(3000));
        trees.CostOn(Rows(200, null)).ShouldBe(TimeSpan.FromTicks(6000));
        trees.CostOn(Rows(100, new(["a", "b"]))).ShouldBe(TimeSpan.FromTicks(3000));
        trees.CostOn(Rows(100, new(["a", "b", "c"]))).ShouldBe(TimeSpan.FromTicks(9000));
    }

    private static TrainingRows Rows(int count, ClassSet? classes)
    {
        var header = "x,y\n";
        var table = classes == null
            ? Sample.Table<Number>(header + string.Concat(Enumerable.Range(0, count).Select(row => $"{row},{row % 7}\n")))
            : Sample.Table<Class>(header + string.Concat(Enumerable.Range(0, count).Select(
                row => $"{row},{classes.Names[row % classes.Names.Count]}\n")));
        return TrainingRows.Of(table, [new NumberFeature("x")], new TargetSpec(TargetTransform.Identity, classes), false, 1);
    }

    private sealed record Number([property: Column("x")] double X, [property: Column("y"), Label] int Y);

    private sealed record Class([property: Column("x")] double X, [property: Column("y"), Label, Categories("a", "b", "c")] string Y);
}
