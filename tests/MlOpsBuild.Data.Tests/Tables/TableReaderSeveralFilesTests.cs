using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderSeveralFilesTests
{
    [Fact]
    public void Files_are_joined_in_the_order_given_whatever_their_column_order()
    {
        var table = Reading.Table<Row>("Id,Day,Value\n1,2011-01-01,10\n", "Value,Id,Day\n20,2,2011-01-02\n30,3,2011-01-03\n");

        table.Rows.ShouldBe(3);
        table.Label.ShouldBe([10, 20, 30]);
        table.Columns["Id"].ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Order_of_time_and_uniqueness_hold_across_files()
    {
        var findings = Reading.Broken<Row>("Id,Day,Value\n1,2011-01-02,10\n", "Id,Day,Value\n1,2011-01-01,20\n");

        findings.Select(finding => (finding.What, finding.Where)).ShouldBe(
            [("Repeated value", "2.csv, line 2, column Id"), ("Time out of order", "2.csv, line 2, column Day")]);
    }

    [Fact]
    public void A_value_repeated_in_another_file_is_found_by_that_files_name()
    {
        var finding = Reading.Broken<Row>("Id,Day,Value\n1,2011-01-01,10\n", "Id,Day,Value\n2,2011-01-02,1\n1,2011-01-02,20\n")
            .ShouldHaveSingleItem();

        finding.Expected!.ShouldContain("1.csv");
    }

    [Fact]
    public void Findings_of_all_files_come_at_once_and_one_unreadable_file_makes_all_unreadable()
    {
        var findings = Reading.Unreadable<Row>("Id,Day,Value\nx,2011-01-01,10\n", "", "Id,Day\n1,2011-01-01\n");

        findings.Select(finding => finding.What).ShouldBe(["Wrong type", "Empty file", "Missing column"]);
    }

    private sealed record Row([property: Identifier] int Id, [property: Timestamp] DateOnly Day, [property: Label] double Value);
}
