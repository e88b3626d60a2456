using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating.Tests;

/// <summary>What belongs together is never on both sides, whatever belongs together.</summary>
public sealed class ValidationSplitPropertyTests
{
    private const int Count = 60;
    private static readonly Data.Tables.DataTable Table = Rows();

    private static readonly Arbitrary<(int[] Units, int Percent, bool InTime, int Seed)> Any = (
        from units in Gen.Choose(0, 9).ArrayOf(Count)
        from percent in Gen.Choose(1, 99)
        from inTime in Gen.Elements(false, true)
        from seed in Gen.Choose(0, 1000)
        select (units, percent, inTime, seed)).ToArbitrary();

    [Fact]
    public void Every_row_is_on_one_side_and_neither_is_empty() => Prop.ForAll(Any, any =>
    {
        var (fitted, kept) = Split(any);
        return fitted.Concat(kept).Order().SequenceEqual(Enumerable.Range(0, Count))
            && (fitted.Count > 0 && (kept.Count > 0 || any.Units.Distinct().Count() == 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_unit_is_on_both_sides() => Prop.ForAll(Any, any =>
    {
        var (fitted, kept) = Split(any);
        return !fitted.Select(row => any.Units[row]).Intersect(kept.Select(row => any.Units[row])).Any();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void In_time_nothing_that_is_fitted_is_newer_than_what_is_kept() => Prop.ForAll(Any, any =>
    {
        var (fitted, kept) = Split(any with { InTime = true });
        return kept.Count == 0 || fitted.Max(row => any.Units[row]) < kept.Min(row => any.Units[row]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_seed_draws_the_same() => Prop.ForAll(Any, any => Split(any).Kept.SequenceEqual(Split(any).Kept))
        .QuickCheckThrowOnFailure();

    private static (IReadOnlyList<int> Fitted, IReadOnlyList<int> Kept) Split((int[] Units, int Percent, bool InTime, int Seed) any) =>
        ValidationSplit.Of(
            TrainingRows.Of(Table, [new NumberFeature("X")], new(TargetTransform.Identity, new(["false", "true"])), false, any.Seed) with
            {
                Units = [.. any.Units.Select(unit => (double)unit)], IsInTime = any.InTime,
            },
            any.Percent / 100.0);

    private static Data.Tables.DataTable Rows()
    {
        var text = new StringBuilder("X,Left\n");
        for (var row = 0; row < Count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{(row % 2 == 0 ? "true" : "false")}\n");
        }

        return Sample.Table<Point>(text.ToString());
    }

    private sealed record Point([property: Column("X")] double X, [property: Column("Left"), Label] bool Left);
}
