using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class QuietHoursTests
{
    // Berlin is an hour ahead in winter and two in summer.
    [Theory]
    [InlineData("2026-11-21T20:59:00Z", false)]
    [InlineData("2026-11-21T21:00:00Z", true)]
    [InlineData("2026-11-22T05:59:00Z", true)]
    [InlineData("2026-11-22T06:00:00Z", false)]
    [InlineData("2026-07-21T20:00:00Z", true)]
    [InlineData("2026-07-21T05:00:00Z", false)]
    public void They_are_those_of_a_place_also_over_midnight_and_in_summer(string time, bool quiet) =>
        QuietHours.Parse("22:00-07:00 Europe/Berlin").Contains(DateTimeOffset.Parse(time, null)).ShouldBe(quiet);

    [Fact]
    public void Without_a_place_they_are_of_UTC_and_from_an_hour_to_itself_is_always()
    {
        QuietHours.Parse("9:00 - 17:30").Contains(new(2026, 1, 1, 17, 29, 0, TimeSpan.Zero)).ShouldBeTrue();
        QuietHours.Parse("9:00-17:30").Contains(new(2026, 1, 1, 17, 30, 0, TimeSpan.Zero)).ShouldBeFalse();
        QuietHours.Parse("00:00-00:00").Contains(new(2026, 1, 1, 3, 0, 0, TimeSpan.Zero)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("at night")]
    [InlineData("22-7")]
    [InlineData("25:00-07:00")]
    [InlineData("22:00-07:00 Europe/Atlantis")]
    public void What_are_none_is_refused(string text) =>
        Should.Throw<UsageException>(() => QuietHours.Parse(text)).Findings.Single().Code.ShouldBe("MLB6010");
}
