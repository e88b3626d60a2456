namespace MlOpsBuild.Core.Views.Tests;

public sealed class PointInTimeIndexTests
{
    [Fact]
    public void A_value_counts_from_the_moment_it_was_true_and_known()
    {
        var index = PointInTimeIndex.Of(["a", "a"], [new(10, 10), new(20, 25)]);

        index.Latest("a", 9).ShouldBeNull();
        index.Latest("a", 10).ShouldBe(0);
        index.Latest("a", 24).ShouldBe(0);
        index.Latest("a", 25).ShouldBe(1);
        index.Latest("b", 25).ShouldBeNull();
    }

    [Fact]
    public void What_is_told_late_of_an_earlier_time_does_not_take_the_place_of_a_later_one()
    {
        var index = PointInTimeIndex.Of(["a", "a"], [new(20, 20), new(10, 30)]);

        index.Latest("a", 40).ShouldBe(0);
        index.TimeOf(0).ShouldBe(new(20, 20));
    }

    [Fact]
    public void A_correction_counts_from_when_it_was_known()
    {
        var index = PointInTimeIndex.Of(["a", "a"], [new(10, 10), new(10, 15)]);

        (index.Latest("a", 14), index.Latest("a", 15)).ShouldBe((0, 1));
    }

    [Fact]
    public void Of_two_alike_the_later_row_counts() =>
        PointInTimeIndex.Of(["a", "a"], [new(10, 10), new(10, 10)]).Latest("a", 10).ShouldBe(1);

    [Fact]
    public void It_tells_its_keys_and_the_last_moment_it_knows_of()
    {
        var index = PointInTimeIndex.Of(["b", "a", "b"], [new(10, 10), new(5, 90), new(30, 30)]);

        index.Keys.ShouldBe(["a", "b"]);
        index.Horizon.ShouldBe(90);
        PointInTimeIndex.Of([], []).Horizon.ShouldBeNull();
    }

    [Theory]
    [InlineData(100, LookupOutcome.Found)]
    [InlineData(150, LookupOutcome.Found)]
    [InlineData(151, LookupOutcome.Stale)]
    [InlineData(99, LookupOutcome.Unknown)]
    public void A_value_is_stale_once_it_is_older_than_it_may_be(long moment, LookupOutcome outcome) =>
        PointInTime.Judge(new ValueTime(100, 100), moment, TimeSpan.FromTicks(50)).ShouldBe(outcome);

    [Fact]
    public void Without_an_age_no_value_is_stale_and_none_is_unknown()
    {
        PointInTime.Judge(new ValueTime(0, 0), long.MaxValue, null).ShouldBe(LookupOutcome.Found);
        PointInTime.Judge(null, 0, null).ShouldBe(LookupOutcome.Unknown);
    }
}
