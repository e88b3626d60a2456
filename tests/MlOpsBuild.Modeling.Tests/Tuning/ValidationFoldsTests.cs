using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages.Tests;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class ValidationFoldsTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Fact]
    public async Task Where_time_decides_each_fold_predicts_days_after_those_it_learnt_from()
    {
        var (table, pipeline) = await ReadAsync(new LastDays(20));

        var folds = ValidationFolds.Of(table, pipeline, 3);

        folds.Count.ShouldBe(3);
        foreach (var fold in folds)
        {
            fold.Training.Max(row => table.Times[row]).ShouldBeLessThan(fold.HeldOut.Min(row => table.Times[row]));
            fold.HeldOut.Select(row => table.Times[row].Date).Distinct().Count().ShouldBe(16);
            fold.Unit.ShouldBe(BlockUnit.Day);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task The_hold_out_is_in_no_fold(int count)
    {
        foreach (var holdOut in new HoldOut[] { new LastDays(20), new RandomShare(0.25, false), new GroupShare("hr", 0.3) })
        {
            var (table, pipeline) = await ReadAsync(holdOut);
            var heldOut = holdOut.Split(table, pipeline.Seed).HeldOut.ToHashSet();

            var folds = ValidationFolds.Of(table, pipeline, count);

            folds.Count.ShouldBe(count);
            folds.ShouldAllBe(fold => !fold.Training.Concat(fold.HeldOut).Any(heldOut.Contains));
            folds.ShouldAllBe(fold => fold.HeldOut.Count > 0 && !fold.Training.Intersect(fold.HeldOut).Any());
        }
    }

    [Fact]
    public async Task Groups_stay_whole()
    {
        var (table, pipeline) = await ReadAsync(new GroupShare("weekday", 0.3));

        foreach (var fold in ValidationFolds.Of(table, pipeline, 3))
        {
            Groups(fold.Training).ShouldNotBeEmpty();
            Groups(fold.Training).Intersect(Groups(fold.HeldOut)).ShouldBeEmpty();
            fold.Block.Distinct().Count().ShouldBe(Groups(fold.HeldOut).Count());
        }

        IEnumerable<double> Groups(IReadOnlyList<int> rows) => rows.Select(row => table.Columns["weekday"][row]).Distinct();
    }

    [Fact]
    public async Task Rows_that_are_drawn_are_kept_by_one_fold_each()
    {
        var (table, pipeline) = await ReadAsync(new RandomShare(0.25, false));

        var folds = ValidationFolds.Of(table, pipeline, 5);

        folds.SelectMany(fold => fold.HeldOut).Order().ShouldBe(pipeline.HoldOut.Split(table, pipeline.Seed).Training);
        folds.ShouldAllBe(fold => Math.Abs(fold.HeldOut.Count - (2880 * 0.75 / 5)) < 10);
    }

    [Fact]
    public void Each_class_has_its_share_in_each_fold()
    {
        var pipeline = new global::Pipelines.Churn().Specify(new Dictionary<string, string>()) with
        {
            HoldOut = new RandomShare(0.25, true),
        };
        var rows = string.Concat(Enumerable.Range(0, 400).Select(row =>
            $"{row},{1 + (row % 150)},basic,monthly,{20 + (row % 60)},{row % 90},{10 + (row % 50)}.5,{row % 4},0.{row % 9},{(row % 10 == 0 ? "yes" : "no")}\n"));
        var table = Modeling.Tests.Sample.Table<global::Pipelines.Customer>(Header + rows);

        foreach (var fold in ValidationFolds.Of(table, pipeline, 4))
        {
            fold.HeldOut.Count(row => pipeline.Target.KnownOf(table)[row] == 1).ShouldBeInRange(6, 9);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Header => string.Join(
        ',',
        Data.Contracts.ContractReader.Of<global::Pipelines.Customer>().Columns.Select(column => column.Name)) + "\n";

    private async Task<(DataTable Table, PipelineSpec Pipeline)> ReadAsync(HoldOut holdOut)
    {
        var pipeline = StageFolder.Pipeline() with { HoldOut = holdOut };
        return (await _folder.Simulated().ReadValidatedAsync(pipeline.Contract, CancellationToken.None), pipeline);
    }
}
