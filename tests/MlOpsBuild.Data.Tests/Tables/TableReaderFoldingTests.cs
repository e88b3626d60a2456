using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderFoldingTests
{
    [Fact]
    public void Five_findings_of_a_kind_are_shown_in_full()
    {
        var findings = Reading.Broken<Row>("A,B,Value\n" + string.Concat(Enumerable.Repeat("x,1,1\n", 5)));

        findings.Count.ShouldBe(5);
        findings.ShouldAllBe(finding => finding.What == "Wrong type");
    }

    [Fact]
    public void The_rest_of_a_kind_is_counted_per_column()
    {
        var findings = Reading.Broken<Row>("A,B,Value\n" + string.Concat(Enumerable.Repeat("x,1,1\n", 12)) + "1,y,1\n");

        findings.Count.ShouldBe(7);
        findings.Take(5).Select(finding => finding.Where)
            .ShouldBe([.. Enumerable.Range(2, 5).Select(line => $"1.csv, line {line}, column A")]);
        findings[5].Where.ShouldBe("1.csv, line 14, column B");
        findings[6].ToString().ShouldBe("column A: Wrong type: 7 more [MLB1067]");
    }

    [Fact]
    public void Broken_records_are_folded_without_an_empty_column_name()
    {
        var findings = Reading.Unreadable<Row>("A,B,Value\n1,2,3\n" + string.Concat(Enumerable.Repeat("1,2\n", 9)));

        findings.Count.ShouldBe(6);
        findings[5].What.ShouldBe("Wrong number of fields: 4 more");
        (findings[5].Where ?? "").Trim().ShouldNotBe("column");
    }

    private sealed record Row(int A, int B, [property: Label] double Value);
}
