using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Files.Tests;

public sealed class JsonLinesTests
{
    [Fact]
    public void Objects_in_lines_are_rows_whatever_the_order_of_their_names()
    {
        var table = FormatReading.Table<Row>("rows.jsonl", """
            {"A": 1, "Text": "x", "Flag": true, "Value": 3.5}

            {"Value": 4e0, "Text": "\u0079", "Flag": false, "A": null}
            """u8.ToArray());

        table.Columns["A"].ShouldBe([1, double.NaN]);
        table.TextColumns["Text"].ShouldBe([0, 1]);
        table.Columns["Flag"].ShouldBe([1, 0]);
        table.Label.ShouldBe([3.5, 4]);
    }

    [Theory]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true}""", "Missing value")]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true, "Value": [1]}""", "Value within a value")]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true, "Value": 1, "Value": 2}""", "Value given twice")]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true, "Value": 1, "More": {"a": [1, 2]}}""", "Column is not in the contract")]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true, "Value": 1""", "Not a JSON object")]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true, "Value": 1} {}""", "Not a JSON object")]
    [InlineData("""[1]""", "Not a JSON object")]
    [InlineData("""nothing""", "Not a JSON object")]
    [InlineData("""{"A": 1, "Text": "x", "Flag": true, "Value": "one"}""", "Wrong type")]
    [InlineData("""{"A": 1, "Text": "\ud800", "Flag": true, "Value": 1}""", "Not a JSON object")]
    public void A_line_that_is_none_is_named(string line, string what)
    {
        var findings = FormatReading.Findings<Row>(
            """{"A": 1, "Text": "x", "Flag": true, "Value": 1}""" + "\n" + line + "\n", name: "rows.ndjson");

        var finding = findings.ShouldHaveSingleItem();
        finding.What.ShouldBe(what);
        finding.Where!.ShouldStartWith("rows.ndjson, line 2");
    }

    [Fact]
    public void What_is_declared_as_ignored_is_left_out() => FormatReading.Table<Row>(
        "rows.jsonl", """{"A": 1, "Text": "x", "Flag": true, "Value": 1, "More": {"a": [1, 2]}}"""u8.ToArray(),
        new() { Ignored = ["More"] })
            .Rows.ShouldBe(1);

    [Fact]
    public void A_line_longer_than_any_buffer_is_read()
    {
        var text = new string('y', 300_000);

        FormatReading
            .Table<Row>("rows.jsonl", System.Text.Encoding.UTF8.GetBytes($$"""{"A": 1, "Text": "{{text}}", "Flag": true, "Value": 1}"""))
            .Texts.ShouldBe([text]);
    }

    private sealed record Row(int? A, string Text, bool Flag, [property: Label] double Value);
}
