namespace MlOpsBuild.Core.Tests;

public sealed class FindingTests
{
    [Fact]
    public void All_parts_make_one_line() =>
        new Finding("MLB0000", "Out of range", "hour.csv row 7 column hum", "1.2", "a number from 0 to 1", "repair the row").ToString()
            .ShouldBe("hour.csv row 7 column hum: Out of range '1.2'; expected a number from 0 to 1. Fix: repair the row [MLB0000]");

    [Fact]
    public void Missing_parts_leave_no_trace()
    {
        new Finding("MLB0000", "The store is locked").ToString().ShouldBe("The store is locked [MLB0000]");
        new Finding("MLB0000", "Wrong type", Value: "x").ToString().ShouldBe("Wrong type 'x' [MLB0000]");
        new Finding("MLB0000", "Missing", "--data").ToString().ShouldBe("--data: Missing [MLB0000]");
        new Finding("MLB0000", "Missing", Expected: "a path").ToString().ShouldBe("Missing; expected a path [MLB0000]");
        new Finding("MLB0000", "Missing", Fix: "give --data").ToString().ShouldBe("Missing. Fix: give --data [MLB0000]");
    }

    [Fact]
    public void Empty_value_is_shown() => new Finding("MLB0000", "Wrong type", Value: "").ToString().ShouldBe("Wrong type '' [MLB0000]");

    [Fact]
    public void A_record_from_before_there_were_codes_says_none() =>
        new Finding("", "Missing", "--data").ToString().ShouldBe("--data: Missing");
}
