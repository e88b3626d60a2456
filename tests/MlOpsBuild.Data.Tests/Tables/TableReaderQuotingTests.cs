using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderQuotingTests
{
    [Theory]
    [InlineData("\"plain\"", 0)]
    [InlineData("\"a,b\"", 1)]
    [InlineData("\"say \"\"hi\"\"\"", 2)]
    [InlineData("\"two\nlines\"", 3)]
    [InlineData("\"two\r\nlines\"", 4)]
    [InlineData("\" spaced \"", 5)]
    [InlineData(" plain ", 0)]
    [InlineData("naïve – 東京", 6)]
    public void A_field_is_read_to_the_character(string field, int category)
    {
        var table = Reading.Table<Row>($"Text,Value\n{field},7\n");

        table.Columns["Text"].ShouldBe([category]);
        table.Label.ShouldBe([7]);
    }

    [Fact]
    public void Quotes_around_numbers_and_header_names_do_not_matter()
    {
        var table = Reading.Table<Row>("\"Value\",\"Text\"\n\"1.5\",\"plain\"\n");

        table.Label.ShouldBe([1.5]);
        table.Columns["Text"].ShouldBe([0]);
    }

    [Fact]
    public void A_finding_after_a_line_break_inside_quotes_names_the_line_an_editor_shows()
    {
        var finding = Reading.Broken<Row>("Text,Value\n\"two\nlines\",1\nplain,x\n").ShouldHaveSingleItem();

        finding.Where.ShouldBe("1.csv, line 4, column Value");
    }

    private sealed record Row(
        [property: Categories("plain", "a,b", "say \"hi\"", "two\nlines", "two\r\nlines", " spaced ", "naïve – 東京")] string Text,
        [property: Label] double Value);
}
