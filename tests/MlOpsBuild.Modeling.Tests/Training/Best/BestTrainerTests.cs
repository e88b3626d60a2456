using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Best.Tests;

public sealed class BestTrainerTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_straight_line_is_told_by_the_linear_family() =>
        Chosen((x, z, noise) => (3 * x) - (2 * z) + (0.1 * noise)).Kind.ShouldBe("linear");

    [Fact]
    public void A_step_that_depends_on_another_column_is_told_by_trees() =>
        Chosen((x, z, noise) => ((x > 0) == (z > 0) ? 10 : 0) + (0.1 * noise)).Kind.ShouldBeOneOf("fast-tree", "light-gbm", "fast-forest");

    [Fact]
    public void The_chosen_family_is_fitted_on_all_rows_as_it_is_by_itself()
    {
        var table = Table((x, z, noise) => (3 * x) - (2 * z) + (0.1 * noise));

        var model = Fitted.By(Trainers.Best(Enough), table, Features());

        CanonicalJson.Serialize(model).ShouldBe(CanonicalJson.Serialize(Fitted.By(Trainers.Linear(), table, Features())));
    }

    /// <summary>What is tried follows from rows and columns, never from a clock.</summary>
    [Theory]
    [InlineData(1e-6, 1)]
    [InlineData(5e-3, 2)]
    [InlineData(1e9, 8)]
    public void What_is_affordable_is_tried_in_order(double seconds, int count)
    {
        var told = new List<string>();
        var rows = Rows(Table((x, z, noise) => x + noise));

        Trainers.Best(TimeSpan.FromSeconds(Math.Min(seconds, 1e8))).Choose(rows, new Told(told), CancellationToken.None);

        told.Count.ShouldBe(count + 1);
        told[0].ShouldStartWith("linear ");
        told[^1].ShouldStartWith($"best of {count}: ");
    }

    [Fact]
    public void Where_rows_have_weights_families_without_them_are_left_out()
    {
        var table = Table((x, z, noise) => x + noise);
        int[] all = [.. Enumerable.Range(0, table.Rows)];
        var weighted = new WeightedRows(all, [.. all.Select(row => row % 2 == 0 ? 1 : 0.5)]);
        var told = new List<string>();

        Trainers.Best(Enough).Choose(
            TrainingRows.Of(table, weighted, Features(), new TargetSpec(TargetTransform.Identity), false, 1), new Told(told),
            CancellationToken.None);

        told.ShouldNotContain(line => line.StartsWith("gam", StringComparison.Ordinal));
    }

    [Fact]
    public void No_time_at_all_is_refused() =>
        Should.Throw<UsageException>(() => Trainers.Best(TimeSpan.Zero)).Findings[0].Where.ShouldBe("Trainers.Best(within)");

    private static TrainerSpec Chosen(Func<double, double, double, double> label) =>
        Trainers.Best(Enough).Choose(Rows(Table(label)), SilentProgress.Instance, CancellationToken.None);

    private static TrainingRows Rows(DataTable table) =>
        TrainingRows.Of(table, Features(), new TargetSpec(TargetTransform.Identity), false, 1);

    private static IReadOnlyList<FeatureSpec> Features() => [new NumberFeature("x"), new NumberFeature("z")];

    private static DataTable Table(Func<double, double, double, double> label)
    {
        var random = new SplitMix64(1);
        return Sample.Table<Point>("x,z,y\n" + string.Concat(Enumerable.Range(0, 600).Select(_ =>
        {
            var (x, z) = (random.NextNormal(), random.NextNormal());
            return FormattableString.Invariant($"{x:R},{z:R},{label(x, z, random.NextNormal()):R}\n");
        })));
    }

    private sealed class Told(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }

    private sealed record Point(
        [property: Column("x")] double X, [property: Column("z")] double Z, [property: Column("y"), Label] double Y);
}
