namespace MlOpsBuild.Core.Fields.Tests;

public sealed class FieldWriterTests
{
    private static readonly string[] Kinds = ["rain", "snow \"wet\""];

    [Theory]
    [InlineData(FieldKind.Real, "0.1")]
    [InlineData(FieldKind.Real, "1E+300")]
    [InlineData(FieldKind.Whole, "-12")]
    [InlineData(FieldKind.Flag, "1")]
    [InlineData(FieldKind.Date, "2026-03-29")]
    [InlineData(FieldKind.Time, "2026-03-29T05:30:00.25")]
    [InlineData(FieldKind.Category, "rain")]
    public void What_it_writes_is_read_back(FieldKind kind, string text)
    {
        var rule = new FieldRule("x", kind, Categories: kind == FieldKind.Category ? Kinds : null);
        var value = new FieldParser(rule).Parse(text, out var problem);

        problem.ShouldBeNull();
        FieldWriter.Text(rule, value, null).ShouldBe(text);
    }

    [Fact]
    public void As_JSON_numbers_are_bare_texts_quoted_and_what_is_missing_null()
    {
        FieldWriter.Json(new("x", FieldKind.Real), 1.5, null).ShouldBe("1.5");
        FieldWriter.Json(new("x", FieldKind.Category, Categories: Kinds), 1, null).ShouldBe("\"snow \\u0022wet\\u0022\"");
        FieldWriter.Json(new("x", FieldKind.Text), 0, "é").ShouldBe("\"\\u00E9\"");
        FieldWriter.Json(new("x", FieldKind.Date), 0, null).ShouldBe("\"0001-01-01\"");
        FieldWriter.Json(new("x", FieldKind.Real), double.NaN, null).ShouldBe("null");
    }
}
