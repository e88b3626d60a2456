using System.IO.Compression;
using System.Text;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Files.Tests;

public sealed class DelimitedFormatTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_separator_is_recognised(char separator) =>
        FormatReading
            .Table<Row>("A,Text,Value\n1,\"x,;|y\",3\n"
                .Replace("A,Text,Value", $"A{separator}Text{separator}Value")
                .Replace("1,\"", $"1{separator}\"")
                .Replace("\",3", $"\"{separator}3"))
            .Label.ShouldBe([3]);

    [Fact]
    public void A_wrong_separator_is_named()
    {
        var finding = FormatReading.Findings<Row>("A;Text;Value\n1;x;3\n", new() { Separator = ',' }).ShouldHaveSingleItem();

        (finding.What, finding.Where, finding.Value).ShouldBe(("The separator looks like ;", "rows.csv, line 1", ","));
    }

    [Fact]
    public void A_separator_that_is_declared_may_be_any_sign() =>
        FormatReading.Table<Row>("A^Text^Value\n1^x^3\n", new() { Separator = '^' }).Label.ShouldBe([3]);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_end_as_they_do(string end) =>
        FormatReading.Table<Row>($"A,Text,Value{end}1,x,3{end}2,y,4{end}").Label.ShouldBe([3, 4]);

    [Fact]
    public void An_encoding_that_is_declared_is_read() =>
        FormatReading
            .Table<Named>(
                "rows.csv", CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!.GetBytes("Name,Value\ncafé,3\n"),
                new() { Encoding = "windows-1252" })
            .Columns["Name"].ShouldBe([1]);

    [Fact]
    public void What_the_declared_encoding_cannot_hold_is_said_with_its_name()
    {
        var finding = FormatReading.Read<Named>("rows.csv", [.. "Name,Value\n"u8, 0x81, .. ",3\n"u8], new() { Encoding = "us-ascii" })
            .Findings.ShouldHaveSingleItem();

        finding.What.ShouldBe("Not us-ascii");
    }

    [Fact]
    public void Comments_are_no_rows() =>
        FormatReading.Table<Row>("# made by hand\nA,Text,Value\n#1,x,2\n1,x,3\n", new() { Comment = '#' }).Label.ShouldBe([3]);

    [Theory]
    [InlineData("NA")]
    [InlineData("?")]
    [InlineData("")]
    [InlineData(" ")]
    public void Texts_that_are_declared_mean_that_a_value_is_missing(string text)
    {
        var table = FormatReading.Table<Row>($"A,Text,Value\n{text},x,3\n", new() { Missing = ["NA", "?"] });

        table.Columns["A"].ShouldBe([double.NaN]);
    }

    [Fact]
    public void One_that_is_not_declared_is_asked_for()
    {
        var finding = FormatReading.Findings<Row>("A,Text,Value\nNA,x,3\n").ShouldHaveSingleItem();

        (finding.What, finding.Value).ShouldBe(("Wrong type", "NA"));
        finding.Fix!.ShouldContain("Missing = [\"NA\"]");
    }

    [Fact]
    public void A_decimal_comma_is_read_where_it_is_declared_and_asked_for_where_it_is_not()
    {
        FormatReading.Table<Row>("A;Text;Value\n1;x;3,25\n", new() { DecimalComma = true }).Label.ShouldBe([3.25]);
        FormatReading.Findings<Row>("A;Text;Value\n1;x;3,25\n").ShouldHaveSingleItem().Fix!.ShouldContain("DecimalComma");
        FormatReading.Findings<Row>("A;Text;Value\n1;x;1.003,25\n", new() { DecimalComma = true })
            .ShouldHaveSingleItem()
            .What.ShouldBe("Wrong type");
    }

    [Fact]
    public void A_header_that_is_one_name_short_is_one_finding()
    {
        var finding = FormatReading
            .Findings<Row>("A,Text,Value\n" + string.Concat(Enumerable.Range(1, 8143).Select(row => $"{row},1,x,3\n")))
            .ShouldHaveSingleItem();

        (finding.What, finding.Value, finding.Expected).ShouldBe(("3 names, rows have 4", "A, Text, Value", "4 names"));
    }

    [Fact]
    public void Names_that_are_declared_replace_those_of_the_file()
    {
        FormatReading.Table<Row>("A,Text,Value\n7,1,x,3\n", new() { Names = ["Row", "A", "Text", "Value"], Ignored = ["Row"] })
            .Label.ShouldBe([3]);
        FormatReading.Table<Row>("1,x,3\n2,y,4\n", new() { Names = ["A", "Text", "Value"], HasHeader = false }).Label.ShouldBe([3, 4]);
    }

    [Fact]
    public void An_absent_header_is_named_and_not_taken_for_one()
    {
        var finding = FormatReading.Findings<Row>("1,x,3\n2,y,4\n").ShouldHaveSingleItem();

        (finding.What, finding.Where).ShouldBe(("The file has no header", "rows.csv, line 1"));
        finding.Fix!.ShouldContain("HasHeader");
    }

    [Fact]
    public void Columns_that_nobody_expects_are_left_out_where_that_is_declared()
    {
        FormatReading.Table<Row>("A,Other,Text,Value\n1,9,x,3\n", new() { Ignored = ["Other"] }).Label.ShouldBe([3]);
        FormatReading.Table<Row>("A,Other,Text,Value\n1,9,x,3\n", new() { IgnoresExtraColumns = true }).Label.ShouldBe([3]);
        FormatReading.Findings<Row>("A,Other,Text,Value\n1,9,x,3\n").ShouldHaveSingleItem().Fix!.ShouldContain("Ignored");
    }

    [Theory]
    [InlineData("rows.csv.gz")]
    [InlineData("rows")]
    public void What_is_packed_is_unpacked_whatever_its_name(string name)
    {
        FormatReading.Table<Row>(name, Packed("A,Text,Value\n1,x,3\n")).Label.ShouldBe([3]);
        FormatReading.Table<Row>(name, [.. Packed("A,Text,Value\n1,x,3\n"), .. Packed("2,y,4\n")]).Label.ShouldBe([3, 4]);
    }

    [Fact]
    public void A_packed_file_that_was_cut_loses_no_row_silently()
    {
        var packed = Packed("A,Text,Value\n" + string.Concat(Enumerable.Range(1, 50_000).Select(row => $"{row},{row * 7919 % 1000},3\n")));

        var result = FormatReading.Read<Row>("rows.csv.gz", packed[..(packed.Length / 2)]);

        result.Table.ShouldBeNull();
        result.Unreadable.ShouldBeTrue();
        result.Findings.ShouldContain(finding => finding.What == "Damaged file");
    }

    [Theory]
    [InlineData("4\0\0")]
    [InlineData("4\0")]
    public void Characters_that_nobody_sees_are_named(string cell)
    {
        var finding = FormatReading.Findings<Row>($"A,Text,Value\n{cell},x,3\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Invisible character U+0000");
    }

    [Fact]
    public void A_space_that_does_not_break_is_named()
    {
        FormatReading.Findings<Row>("A,Text,Value\n4\u00A0,x,3\n").ShouldHaveSingleItem().What.ShouldBe("Invisible character U+00A0");
        FormatReading.Findings<Named>("Name,Value\ncafé\u200B,3\n").ShouldHaveSingleItem().What.ShouldBe("Invisible character U+200B");
        FormatReading.Findings<Row>("A,Text,Value\n4,x\0y,3\n").ShouldHaveSingleItem().What.ShouldBe("Invisible character U+0000");
    }

    [Fact]
    public void Ten_written_in_three_ways_is_one_identifier()
    {
        var findings = FormatReading.Findings<Keyed>("Id,Value\n10,1\n010,2\n+10,3\n,4\n,5\n");

        findings.Select(finding => (finding.What, finding.Value)).ShouldBe([("Repeated value", "010"), ("Repeated value", "+10")]);
    }

    [Theory]
    [InlineData("2011-01-01T05:30:00+02:00", "2011-01-01 04:30")]
    [InlineData("2011-07-01T05:30:00Z", "2011-07-01 07:30")]
    [InlineData("2011-07-01 05:30", "2011-07-01 05:30")]
    [InlineData("2011-07-01T05:30:00.1234567-0330", "2011-07-01 11:00")]
    public void A_time_is_the_one_of_its_zone(string text, string local) =>
        FormatReading.Table<Zoned>($"At,Value\n{text},1\n")
            .Times.ShouldHaveSingleItem()
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(local);

    [Fact]
    public void A_time_that_clocks_left_out_is_told_and_an_hour_they_show_twice_is_in_order()
    {
        FormatReading.Findings<Zoned>("At,Value\n2011-03-27T02:30:00,1\n")
            .ShouldHaveSingleItem()
            .What.ShouldBe("Time that clocks left out");
        FormatReading.Table<Zoned>("At,Value\n2011-10-30T00:30:00Z,1\n2011-10-30T01:30:00Z,2\n").Rows.ShouldBe(2);
        FormatReading.Findings<Zoned>("At,Value\n2011-10-29T02:30:00,1\n2011-10-29T02:00:00,2\n")
            .ShouldHaveSingleItem()
            .What.ShouldBe("Time out of order");
    }

    [Fact]
    public void An_offset_without_a_zone_is_told()
    {
        var finding = FormatReading.Findings<Timed>("At,Value\n2011-07-01T05:30:00+02:00,1\n").ShouldHaveSingleItem();

        finding.What.ShouldBe("Offset without a declared zone");
        finding.Fix!.ShouldContain("DateTimeOffset");
    }

    [Fact]
    public void A_time_with_an_offset_is_universal_time_unless_another_zone_is_declared() =>
        FormatReading.Table<Universal>("At,Value\n2011-07-01T05:30:00+02:00,1\n").Times.ShouldBe([new DateTime(2011, 7, 1, 3, 30, 0)]);

    [RealDataFact]
    public void Wine_quality_as_it_is_published_is_read() =>
        FormatReading.Table<Wine>("winequality-red.csv", File.ReadAllBytes(RealData.Find("wine-quality/winequality-red-semicolon.csv")!))
            .Rows.ShouldBe(1599);

    [Fact]
    public void Declarations_that_cannot_be_are_refused()
    {
        FormatReading.Findings<Row>("A,Text,Value\n1,x,3\n", new() { Encoding = "klingon" })
            .ShouldHaveSingleItem()
            .What.ShouldBe("Unknown encoding");
        FormatReading.Findings<Row>("A,Text,Value\n1,x,3\n", new() { Separator = 'x' })
            .ShouldHaveSingleItem()
            .What.ShouldBe("No separator");
        FormatReading.Findings<Row>("A,Text,Value\n1,x,3\n", new() { HasHeader = false })
            .ShouldHaveSingleItem()
            .What.ShouldBe("Columns have no names");
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private sealed record Row(int? A, string Text, [property: Label] double Value);

    private sealed record Keyed([property: Unique] int? Id, [property: Label] double Value);

    private sealed record Named([property: Categories("tea", "café")] string Name, [property: Label] double Value);

    private sealed record Timed([property: Timestamp] DateTime At, [property: Label] double Value);

    private sealed record Universal([property: Timestamp] DateTimeOffset At, [property: Label] double Value);

    private sealed record Zoned([property: Timestamp, Zone("Europe/Berlin")] DateTime At, [property: Label] double Value);

    private sealed record Wine(
        [property: Column("fixed acidity")] double FixedAcidity,
        [property: Column("volatile acidity")] double VolatileAcidity,
        [property: Column("citric acid")] double CitricAcid,
        [property: Column("residual sugar")] double Sugar,
        [property: Column("chlorides")] double Chlorides,
        [property: Column("free sulfur dioxide")] double Free,
        [property: Column("total sulfur dioxide")] double Total,
        [property: Column("density")] double Density,
        [property: Column("pH")] double Acidity,
        [property: Column("sulphates")] double Sulphates,
        [property: Column("alcohol")] double Alcohol,
        [property: Column("quality"), Label] int Quality);
}
