namespace MlOpsBuild.Core.Tests;

public sealed class FindingTests
{
    [Fact]
    public void All_parts_make_one_line() =>
        new Finding("Out of range", "hour.csv row 7 column hum", "1.2", "a number from 0 to 1", "repair the row").ToString()
            .ShouldBe("hour.csv row 7 column hum: Out of range '1.2'; expected a number from 0 to 1. Fix: repair the row");

    [Fact]
    public void Missing_parts_leave_no_trace()
    {
        new Finding("The store is locked").ToString().ShouldBe("The store is locked");
        new Finding("Wrong type", Value: "x").ToString().ShouldBe("Wrong type 'x'");
        new Finding("Missing", "--data").ToString().ShouldBe("--data: Missing");
        new Finding("Missing", Expected: "a path").ToString().ShouldBe("Missing; expected a path");
        new Finding("Missing", Fix: "give --data").ToString().ShouldBe("Missing. Fix: give --data");
    }

    [Fact]
    public void Empty_value_is_shown() => new Finding("Wrong type", Value: "").ToString().ShouldBe("Wrong type ''");
}
