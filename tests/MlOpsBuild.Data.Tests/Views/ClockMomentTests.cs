using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Views.Tests;

public sealed class ClockMomentTests
{
    private static readonly ClockMoment Berlin = new(new("at", FieldKind.Time) { Zone = "Europe/Berlin" });

    [Fact]
    public void A_clock_with_a_zone_is_turned_to_universal_time()
    {
        var summer = new DateTime(2026, 7, 1, 14, 0, 0);

        new DateTime(Berlin.OfRow(summer)).ShouldBe(new DateTime(2026, 7, 1, 12, 0, 0));
        new DateTime(Berlin.OfValue(Days.Of(summer))).ShouldBe(new DateTime(2026, 7, 1, 12, 0, 0));
    }

    [Fact]
    public void Of_an_hour_that_clocks_show_twice_a_row_is_the_first_and_a_value_the_second()
    {
        var twice = new DateTime(2026, 10, 25, 2, 30, 0);

        new DateTime(Berlin.OfRow(twice)).ShouldBe(new DateTime(2026, 10, 25, 0, 30, 0));
        new DateTime(Berlin.OfValue(Days.Of(twice))).ShouldBe(new DateTime(2026, 10, 25, 1, 30, 0));
    }

    [Fact]
    public void A_day_begins_for_rows_and_has_ended_for_values()
    {
        var (day, clock) = (new DateTime(2026, 7, 1), new ClockMoment(new("day", FieldKind.Date)));

        new DateTime(clock.OfRow(day)).ShouldBe(day);
        new DateTime(clock.OfValue(Days.Of(day))).ShouldBe(day.AddDays(1));
    }

    [Fact]
    public void Without_a_zone_it_is_universal_time() =>
        new DateTime(new ClockMoment(new("at", FieldKind.Time)).OfRow(new(2026, 7, 1, 14, 0, 0))).ShouldBe(new(2026, 7, 1, 14, 0, 0));
}
