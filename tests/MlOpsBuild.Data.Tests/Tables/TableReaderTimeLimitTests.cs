using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

/// <summary>Whatever a file holds, reading it ends with findings, not with an exception.</summary>
public sealed class TableReaderTimeLimitTests
{
    [Theory]
    [InlineData("24")]
    [InlineData("-1")]
    [InlineData("9000000000000000000")]
    public void An_hour_that_no_day_has_is_a_finding_even_without_a_range(string hour)
    {
        Reading.Broken<Hourly>($"Day,Hour,Value\n2011-01-01,{hour},1\n").ShouldHaveSingleItem().Where!.ShouldContain("column Hour");
    }

    [Fact]
    public void The_last_hour_of_the_calendar_is_read()
    {
        Reading.Table<Hourly>("Day,Hour,Value\n9999-12-31,23,1\n").Times.ShouldBe([new(9999, 12, 31, 23, 0, 0)]);
    }

    private sealed record Hourly(
        [property: Timestamp] DateOnly Day,
        [property: Timestamp(TimestampPart.Hour)] int Hour,
        [property: Label] double Value);
}
