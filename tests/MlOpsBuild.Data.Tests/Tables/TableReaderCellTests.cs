using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderCellTests
{
    [Theory]
    [InlineData("x,1,0,red,2011-01-01", "Real", "Wrong type", "x", "a number from -1 to 1")]
    [InlineData("NaN,1,0,red,2011-01-01", "Real", "Wrong type", "NaN", "a number from -1 to 1")]
    [InlineData("Infinity,1,0,red,2011-01-01", "Real", "Wrong type", "Infinity", "a number from -1 to 1")]
    [InlineData("1.5,1,0,red,2011-01-01", "Real", "Out of range", "1.5", "a number from -1 to 1")]
    [InlineData("0,1.5,0,red,2011-01-01", "Whole", "Wrong type", "1.5", "one of 1, 2")]
    [InlineData("0,3,0,red,2011-01-01", "Whole", "Unknown category", "3", "one of 1, 2")]
    [InlineData("0,1,2,red,2011-01-01", "Flag", "Wrong type", "2", "0 or 1")]
    [InlineData("0,1,0,Red,2011-01-01", "Colour", "Unknown category", "Red", "one of red, green")]
    [InlineData("0,1,0,red,2011-02-29", "Day", "Wrong type", "2011-02-29", "a date yyyy-MM-dd")]
    [InlineData("0,1,0,red,01/02/2011", "Day", "Wrong type", "01/02/2011", "a date yyyy-MM-dd")]
    [InlineData("0,1,0,red,", "Day", "Missing value", "", "a date yyyy-MM-dd")]
    public void A_wrong_cell_is_named_with_row_column_value_and_expectation(
        string cells, string column, string what, string value, string expected)
    {
        var finding = Reading.Broken<Row>($"Real,Whole,Flag,Colour,Day,Value\n0,1,0,red,2011-01-01,1\n{cells},1\n").ShouldHaveSingleItem();

        finding.What.ShouldBe(what);
        finding.Where.ShouldBe($"1.csv, line 3, column {column}");
        finding.Value.ShouldBe(value);
        finding.Expected.ShouldBe(expected);
        finding.Fix.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Every_wrong_cell_of_a_row_is_named()
    {
        var findings = Reading.Broken<Row>("Real,Whole,Flag,Colour,Day,Value\n9,9,9,9,9,\n");

        findings.Select(finding => finding.What).ShouldBe(
            ["Out of range", "Unknown category", "Wrong type", "Unknown category", "Wrong type", "Missing value"]);
    }

    [Fact]
    public void Good_cells_become_numbers()
    {
        var table = Reading.Table<Row>("Real,Whole,Flag,Colour,Day,Value\n-1,2,1,green,0001-01-02,1e2\n1,1,true,red,2011-01-01,-3\n");

        table.Columns["Real"].ShouldBe([-1, 1]);
        table.Columns["Whole"].ShouldBe([2, 1]);
        table.Columns["Flag"].ShouldBe([1, 1]);
        table.Columns["Colour"].ShouldBe([1, 0]);
        table.Columns["Day"].ShouldBe([1, new DateOnly(2011, 1, 1).DayNumber]);
        table.Label.ShouldBe([100, -3]);
    }

    private sealed record Row(
        [property: Range(-1, 1)] double Real,
        [property: Categories("1", "2")] int Whole,
        bool Flag,
        [property: Categories("red", "green")] string Colour,
        DateOnly Day,
        [property: Label] double Value);
}
