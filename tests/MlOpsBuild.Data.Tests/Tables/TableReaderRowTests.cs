using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderRowTests
{
    private const string Header = "Id,Day,Hour,Value\n";

    [Fact]
    public void A_repeated_unique_value_is_named_with_the_line_of_the_first()
    {
        var finding = Reading.Broken<Row>(Header + "1,2011-01-01,0,1\n2,2011-01-01,1,1\n1,2011-01-01,2,1\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Repeated value");
        finding.Where.ShouldBe("1.csv, line 4, column Id");
        finding.Value.ShouldBe("1");
        finding.Expected!.ShouldContain("line 2");
    }

    [Fact]
    public void A_time_before_the_last_is_named_with_both_times()
    {
        var finding = Reading.Broken<Row>(Header + "1,2011-01-02,5,1\n2,2011-01-02,4,1\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Time out of order");
        finding.Where.ShouldBe("1.csv, line 3, column Day");
        finding.Value.ShouldBe("2011-01-02 04:00");
        finding.Expected!.ShouldContain("2011-01-02 05:00");
    }

    [Fact]
    public void Day_and_hour_make_the_time_and_equal_times_are_in_order()
    {
        var table = Reading.Table<Row>(Header + "1,2011-01-01,23,1\n2,2011-01-02,0,1\n3,2011-01-02,0,1\n");

        table.Times.ShouldBe([new(2011, 1, 1, 23, 0, 0), new(2011, 1, 2), new(2011, 1, 2)]);
    }

    [Fact]
    public void A_contract_without_time_gives_rows_without_times()
    {
        Reading.Table<Timeless>("Value\n2\n1\n").Times.ShouldBeEmpty();
    }

    [Fact]
    public void A_day_alone_is_a_time()
    {
        Reading.Table<Daily>("Day,Value\n2011-01-01,1\n2011-01-03,1\n").Times.ShouldBe([new(2011, 1, 1), new(2011, 1, 3)]);
    }

    private sealed record Row(
        [property: Identifier] int Id,
        [property: Timestamp] DateOnly Day,
        [property: Timestamp(TimestampPart.Hour), Range(0, 23)] int Hour,
        [property: Label] double Value);

    private sealed record Timeless([property: Label] double Value);

    private sealed record Daily([property: Timestamp] DateOnly Day, [property: Label] double Value);
}
