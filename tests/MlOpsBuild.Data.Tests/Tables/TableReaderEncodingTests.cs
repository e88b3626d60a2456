using System.Text;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderEncodingTests
{
    [Fact]
    public void A_byte_that_is_not_utf8_is_named_with_line_and_offset()
    {
        byte[] content = [.. "A,Value\nx,1\ncaf"u8, 0xE9, .. ",2\n"u8];

        var result = Reading.Read<Row>(content);

        result.Unreadable.ShouldBeTrue();
        var finding = result.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("Not UTF-8");
        finding.Where.ShouldBe("1.csv, line 3");
        finding.Value.ShouldBe("byte 0xE9 at offset 15");
        finding.Fix!.ShouldContain("iconv");
    }

    [Fact]
    public void A_character_cut_off_at_the_end_is_named()
    {
        byte[] content = [.. "A,Value\nx,1\n"u8, 0xE2, 0x82];

        Reading.Read<Row>(content).Findings.ShouldHaveSingleItem().Value.ShouldBe("byte 0xE2 at offset 12");
    }

    [Fact]
    public void A_byte_order_mark_declares_utf16()
    {
        var result = Reading.Read<Row>([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("A,Value\nx,1\n")]);

        result.Findings.ShouldBeEmpty();
        result.Table!.Label.ShouldBe([1]);
    }

    [Fact]
    public void Utf16_without_a_mark_is_named()
    {
        var finding = Reading.Read<Row>(Encoding.Unicode.GetBytes("A,Value\nx,1\n")).Findings.ShouldHaveSingleItem();

        (finding.What, finding.Where).ShouldBe(("Not UTF-8", "1.csv, line 1"));
        finding.Fix!.ShouldContain("utf-16");
        finding.Fix!.ShouldNotContain("1252");
    }

    private sealed record Row(string A, [property: Label] double Value);
}
