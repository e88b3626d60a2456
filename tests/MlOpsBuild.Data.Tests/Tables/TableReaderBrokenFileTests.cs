using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderBrokenFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \r\n\t\n")]
    public void An_empty_file_is_unreadable(string text)
    {
        var finding = Reading.Unreadable<Row>(text).ShouldHaveSingleItem();

        finding.What.ShouldBe("Empty file");
        finding.Where.ShouldBe("1.csv");
    }

    [Theory]
    [InlineData("A,Value")]
    [InlineData("A,Value\r\n")]
    [InlineData("A,Value\n\n\n")]
    public void A_header_without_rows_is_unreadable(string text)
    {
        Reading.Unreadable<Row>(text).ShouldHaveSingleItem().What.ShouldBe("Header without rows");
    }

    [Theory]
    [InlineData("A,Value\n1,2\n\"x,4\n", "Quote is never closed", 3)]
    [InlineData("A,Value\n1,2\nx\"y,4\n5,6\n", "Quote inside an unquoted field", 3)]
    [InlineData("A,Value\n1,2\n\"x\"y,4\n5,6\n", "Text after a closing quote", 3)]
    [InlineData("A,Value\n1,2,3\n4,5\n", "Wrong number of fields", 2)]
    [InlineData("A,Value\n1\n4,5\n", "Wrong number of fields", 2)]
    public void A_broken_record_is_unreadable_and_named_by_line(string text, string what, int line)
    {
        var finding = Reading.Unreadable<Row>(text).ShouldHaveSingleItem();

        finding.What.ShouldBe(what);
        finding.Where.ShouldBe($"1.csv, line {line}");
    }

    [Fact]
    public void A_broken_header_is_unreadable()
    {
        Reading.Unreadable<Row>("A,\"Val\"ue\n1,2\n")
            .ShouldContain(finding => finding.What == "Text after a closing quote" && finding.Where == "1.csv, line 1");
    }

    [Fact]
    public void All_broken_records_are_named_beside_wrong_cells()
    {
        var findings = Reading.Unreadable<Row>("A,Value\n1,2,3\nx,2\n4\n");

        findings.Select(finding => finding.Where).ShouldBe(["1.csv, line 2", "1.csv, line 3, column A", "1.csv, line 4"]);
    }

    [Fact]
    public void A_long_broken_record_is_cut()
    {
        var finding = Reading.Unreadable<Row>("A,Value\n1,2," + new string('3', 5000) + "\n").ShouldHaveSingleItem();

        finding.Value!.Length.ShouldBeLessThan(100);
        finding.Value.ShouldStartWith("1,2,333");
    }

    [Fact]
    public void No_file_at_all_is_a_finding()
    {
        Reading.Unreadable<Row>(Array.Empty<string>()).ShouldHaveSingleItem().What.ShouldBe("No data file");
    }

    private sealed record Row(int A, [property: Label] double Value);
}
