using System.Globalization;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class FreezeWindowTests
{
    private const string Berlin = "Europe/Berlin";

    private static readonly WeeklyFreeze Weekend = new(
        DayOfWeek.Friday, new(16, 0), DayOfWeek.Monday, new(8, 0), Berlin, "weekend");

    private static readonly WeeklyFreeze Midweek = new(
        DayOfWeek.Tuesday, new(9, 30), DayOfWeek.Tuesday, new(11, 0), Berlin, "stocktaking");

    // 2026-11-27 is a Friday; Berlin is an hour ahead of UTC then.
    [Theory]
    [InlineData("2026-11-27T14:59:59Z", null)]
    [InlineData("2026-11-27T15:00:00Z", "2026-11-30T07:00:00Z")]
    [InlineData("2026-11-29T23:30:00Z", "2026-11-30T07:00:00Z")]
    [InlineData("2026-11-30T06:59:59Z", "2026-11-30T07:00:00Z")]
    [InlineData("2026-11-30T07:00:00Z", null)]
    [InlineData("2026-12-02T12:00:00Z", null)]
    public void A_weekly_freeze_goes_over_the_end_of_the_week(string moment, string? end) => EndOf(Weekend, moment).ShouldBe(end);

    [Theory]
    [InlineData("2026-12-01T08:29:59Z", null)]
    [InlineData("2026-12-01T08:30:00Z", "2026-12-01T10:00:00Z")]
    [InlineData("2026-12-01T10:00:00Z", null)]
    public void A_weekly_freeze_may_be_within_a_day(string moment, string? end) => EndOf(Midweek, moment).ShouldBe(end);

    // Clocks go back on 2026-10-25 and on again on 2027-03-28: the freeze ends by the clock on the wall.
    [Theory]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-26T07:00:00Z")]
    [InlineData("2027-03-27T12:00:00Z", "2027-03-29T06:00:00Z")]
    public void A_freeze_ends_by_the_clock_of_its_place(string moment, string end) => EndOf(Weekend, moment).ShouldBe(end);

    [Fact]
    public void An_end_that_clocks_leave_out_comes_an_hour_later() => EndOf(
        new DatedFreeze(new(2027, 3, 27), new(2027, 3, 28, 2, 30, 0), Berlin, "move"), "2027-03-28T00:00:00Z")
        .ShouldBe("2027-03-28T01:30:00Z");

    [Theory]
    [InlineData("2026-11-26T22:59:59Z", null)]
    [InlineData("2026-11-26T23:00:00Z", "2026-11-30T23:00:00Z")]
    [InlineData("2026-11-30T22:59:59Z", "2026-11-30T23:00:00Z")]
    [InlineData("2026-11-30T23:00:00Z", null)]
    public void A_dated_freeze_comes_once(string moment, string? end) => EndOf(
        new DatedFreeze(new(2026, 11, 27), new(2026, 12, 1), Berlin, "Black Friday"), moment).ShouldBe(end);

    [Fact]
    public void It_says_until_when_on_which_clock_and_why() => Weekend
        .Describe(Weekend.EndAt(DateTimeOffset.Parse("2026-11-28T12:00Z", CultureInfo.InvariantCulture))!.Value)
        .ShouldBe("until 2026-11-30 08:00 Europe/Berlin (weekend)");

    /// <summary>A time in UTC was converted once more, and failed within the freeze.</summary>
    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Local)]
    public void A_dated_freeze_is_on_the_clock_of_its_place_whatever_kind_its_times_are(DateTimeKind kind)
    {
        var policy = EnvironmentPolicy.On("local", e => e.Frozen(
            new(2026, 12, 24, 0, 0, 0, kind), new(2026, 12, 27, 0, 0, 0, kind), "Europe/Berlin", "holidays"));

        policy.Freezes.Single().EndAt(DateTimeOffset.Parse("2026-12-25T12:00Z", CultureInfo.InvariantCulture))
            .ShouldBe(new DateTimeOffset(2026, 12, 27, 0, 0, 0, TimeSpan.FromHours(1)));
    }

    private static string? EndOf(FreezeWindow freeze, string moment) => freeze
        .EndAt(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture))
        ?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
