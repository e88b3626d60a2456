using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Views.Tests;

/// <summary>What holds of every set of values, whenever they were true, known and asked for.</summary>
public sealed class PointInTimeIndexPropertyTests
{
    private const int Moments = 12;
    private static readonly string[] Keys = ["a", "b", "c"];

    private static readonly Gen<(string Key, ValueTime Time)> AnyRow =
        from key in Gen.Elements(Keys)
        from at in Gen.Choose(0, Moments)
        from late in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(-2, Moments)))
        select (key, new ValueTime(at, at + late));

    // Few moments and keys, so that ties, late values and values of the future are common.
    private static readonly Arbitrary<((string Key, ValueTime Time)[] Rows, string Key, int Moment, int? MaxAge)> Any = (
        from rows in AnyRow.ArrayOf()
        from key in Gen.Elements(Keys)
        from moment in Gen.Choose(-1, Moments + 2)
        from age in Gen.Choose(-1, 5)
        select (rows, key, moment, age < 0 ? (int?)null : age)).ToArbitrary();

    [Fact]
    public void It_finds_what_a_look_at_every_row_finds() => Prop.ForAll(Any, any =>
        Found(any.Rows, any.Key, any.Moment, any.MaxAge).ShouldBe(Looked(any.Rows, any.Key, any.Moment, any.MaxAge)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void What_becomes_true_or_known_later_changes_nothing() => Prop.ForAll(Any, Arb.From(AnyRow.ArrayOf()), (any, others) =>
    {
        // Every row of the future is replaced by another one of the future, and more of them are added.
        List<(string Key, ValueTime Time)> future =
            [.. others.Select(row => (row.Key, new ValueTime(row.Time.At, any.Moment + 1 + Math.Abs(row.Time.Known))))];
        (string Key, ValueTime Time)[] changed =
        [
            .. any.Rows.Select((row, index) => row.Time.Available > any.Moment
                ? (Keys[index % Keys.Length], new(any.Moment + 1 + index, row.Time.Known + index))
                : row),
            .. future,
        ];

        Found(changed, any.Key, any.Moment, any.MaxAge).ShouldBe(Found(any.Rows, any.Key, any.Moment, any.MaxAge));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Values_of_others_change_nothing() => Prop.ForAll(Any, any =>
    {
        var own = any.Rows.Where(row => row.Key == any.Key).ToArray();
        TimeOf(any.Rows, any.Key, any.Moment).ShouldBe(TimeOf(own, any.Key, any.Moment));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_later_moment_never_sees_an_earlier_value() => Prop.ForAll(Any, any =>
    {
        var (before, later) = (TimeOf(any.Rows, any.Key, any.Moment), TimeOf(any.Rows, any.Key, any.Moment + 1));
        (before?.At ?? long.MinValue).ShouldBeLessThanOrEqualTo(later?.At ?? long.MinValue);
    }).QuickCheckThrowOnFailure();

    // The definition, read word by word.
    private static int? Looked((string Key, ValueTime Time)[] rows, string key, long moment, int? maxAge) => rows.Index()
        .Where(row => row.Item.Key == key && row.Item.Time.At <= moment && row.Item.Time.Known <= moment
            && (maxAge == null || moment - row.Item.Time.At <= maxAge))
        .OrderBy(row => row.Item.Time.At).ThenBy(row => row.Item.Time.Known).ThenBy(row => row.Index)
        .Select(row => (int?)row.Index).LastOrDefault();

    private static int? Found((string Key, ValueTime Time)[] rows, string key, long moment, int? maxAge)
    {
        var index = IndexOf(rows);
        var row = index.Latest(key, moment);
        var time = row is { } found ? index.TimeOf(found) : (ValueTime?)null;
        return PointInTime.Judge(time, moment, maxAge is { } age ? TimeSpan.FromTicks(age) : null) == LookupOutcome.Found ? row : null;
    }

    private static ValueTime? TimeOf((string Key, ValueTime Time)[] rows, string key, long moment) =>
        IndexOf(rows) is var index && index.Latest(key, moment) is { } row ? index.TimeOf(row) : null;

    private static PointInTimeIndex IndexOf((string Key, ValueTime Time)[] rows) =>
        PointInTimeIndex.Of([.. rows.Select(row => row.Key)], [.. rows.Select(row => row.Time)]);
}
