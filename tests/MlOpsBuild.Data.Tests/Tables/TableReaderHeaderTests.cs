using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderHeaderTests
{
    [Fact]
    public void A_missing_column_is_named()
    {
        var finding = Reading.Broken<Row>("A,Value\n1,2\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Missing column");
        finding.Value.ShouldBe("B");
        finding.Where.ShouldBe("1.csv, header");
        finding.Expected.ShouldBe("A, B, Value");
    }

    [Fact]
    public void A_column_outside_the_contract_is_named()
    {
        var finding = Reading.Broken<Row>("A,B,Value,C\n1,2,3,4\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Column is not in the contract");
        finding.Value.ShouldBe("C");
    }

    [Fact]
    public void A_repeated_column_is_named_once()
    {
        var finding = Reading.Broken<Row>("A,B,Value,A,A\n1,2,3,4,5\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Duplicate column");
        finding.Value.ShouldBe("A");
    }

    [Fact]
    public void Every_wrong_column_is_named_at_once()
    {
        var findings = Reading.Broken<Row>("A,A,b,Extra\n1,2,3,4\n");

        findings.Select(finding => (finding.What, finding.Value)).ShouldBe(
        [
            ("Duplicate column", "A"),
            ("Column is not in the contract", "b"),
            ("Column is not in the contract", "Extra"),
            ("Missing column", "B"),
            ("Missing column", "Value"),
        ]);
    }

    [Fact]
    public void A_file_of_something_else_is_one_finding_of_each_kind() =>
        Reading.Broken<Row>("p,q,r,s,t,u\n1,2,3,4,5,6\n").Select(finding => (finding.What, finding.Value)).ShouldBe(
            [
                ("Column is not in the contract: 6 names", "p, q, r, s, t, u"), ("Missing column", "A"), ("Missing column", "B"),
                ("Missing column", "Value")
            ]);

    [Fact]
    public void A_name_that_is_written_otherwise_is_suggested() =>
        Reading.Broken<Row>("A,B,VALUE\n1,2,3\n")
            .Single(finding => finding.What == "Missing column")
            .Fix.ShouldBe("is it 'VALUE'? Then say so with [Column(\"VALUE\")]");

    [Fact]
    public void Blanks_around_names_and_cells_do_not_matter() => Reading.Table<Row>("A, B ,Value\n1 , 2,3\n").Columns["B"].ShouldBe([2]);

    [Fact]
    public void Names_differ_by_case_and_by_blanks_within_quotes()
    {
        var findings = Reading.Broken<Row>("a,\"B \",Value\n1,2,3\n");

        findings.Where(finding => finding.What == "Missing column").Select(finding => finding.Value).ShouldBe(["A", "B"]);
    }

    private sealed record Row(int A, int B, [property: Label] double Value);
}
