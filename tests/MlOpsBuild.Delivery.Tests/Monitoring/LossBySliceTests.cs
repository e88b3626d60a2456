using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class LossBySliceTests
{
    private static DataContract Contract { get; } = new("Tiny",
    [
        new() { Rule = new("sky", FieldKind.Category, Categories: ["clear", "rain"]), Property = "Sky" },
        new() { Rule = new("holiday", FieldKind.Flag), Property = "Holiday" },
        new() { Rule = new("y", FieldKind.Real), Property = "Y", Role = ColumnRole.Label },
    ]);

    [Fact]
    public void The_value_whose_loss_rose_most_comes_first_with_its_part_of_the_rise()
    {
        // Error 1 everywhere on the hold-out; now 3 where it rains, as before where it does not.
        var slices = Of(sky => sky == 1 ? 3 : 1, rows: 40);

        slices.Select(slice => (slice.Column, slice.Value, slice.Rows, slice.Loss, slice.HoldOut))
            .ShouldBe([("sky", "rain", 20, 3, 1), ("holiday", "0", 40, 2, 1), ("sky", "clear", 20, 1, 1)]);
        slices[0].Share.ShouldBe(1, 1e-12);
        slices[2].Share.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Of_a_handful_of_rows_nothing_is_told() => Of(_ => 9, rows: 8).ShouldBeEmpty();

    [Fact]
    public void Where_nothing_rose_nobody_has_a_part_in_it() => Of(_ => 1, rows: 40).ShouldAllBe(slice => slice.Share == 0);

    private static IReadOnlyList<SliceLoss> Of(Func<int, double> error, int rows)
    {
        List<LabelledRow> holdOut = [.. Enumerable.Range(0, 40).Select(row =>
            new LabelledRow(new() { ["sky"] = row % 2 == 1 ? "rain" : "clear", ["holiday"] = false }, 0, 1))];
        var input = new MonitorInput(
            "Tiny", "local", Contract, new DataProfile(0, []), holdOut, LossReference.Of(RowLoss.AbsoluteError, null, holdOut),
            ["sky", "holiday", "never"], new(), new());
        return new LossBySlice(input).Of(new(
            1, [.. Enumerable.Range(0, rows).Select(row => DateTime.UnixEpoch.AddHours(row))],
            [.. Enumerable.Range(0, rows).Select(row => new Prediction(error(row % 2)))], [.. Enumerable.Repeat(0.0, rows)],
            new Dictionary<string, double[]>
            {
                ["sky"] = [.. Enumerable.Range(0, rows).Select(row => row % 2.0)], ["holiday"] = new double[rows],
            }));
    }
}
