using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderMissingValueTests
{
    [Fact]
    public void A_nullable_column_keeps_a_missing_value_as_not_a_number()
    {
        var table = Reading.Table<Row>("Needed,Optional,Colour,Remark,Value\n1,,,,2\n3,4,red,text,5\n");

        table.Columns["Optional"].ShouldBe([double.NaN, 4]);
        table.Columns["Colour"].ShouldBe([double.NaN, 0]);
        table.Columns["Needed"].ShouldBe([1, 3]);
    }

    [Fact]
    public void A_column_that_is_not_nullable_refuses_a_missing_value()
    {
        var finding = Reading.Broken<Row>("Needed,Optional,Colour,Remark,Value\n,,,,2\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Missing value");
        finding.Where.ShouldBe("1.csv, line 2, column Needed");
    }

    [Fact]
    public void A_quoted_empty_field_is_missing_too()
    {
        Reading.Broken<Row>("Needed,Optional,Colour,Remark,Value\n\"\",,,,2\n").ShouldHaveSingleItem().What.ShouldBe("Missing value");
    }

    [Fact]
    public void Free_text_has_no_column_of_numbers()
    {
        Reading.Table<Row>("Needed,Optional,Colour,Remark,Value\n1,,,,2\n")
            .Columns.Keys.ShouldBe(["Needed", "Optional", "Colour", "Value"]);
    }

    private sealed record Row(
        int Needed,
        double? Optional,
        [property: Categories("red")] string? Colour,
        string? Remark,
        [property: Label] double Value);
}
