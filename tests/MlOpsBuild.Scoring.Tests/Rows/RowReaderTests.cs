using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows.Tests;

public sealed class RowReaderTests
{
    private static readonly FieldRule[] Fields =
    [
        new("hour", FieldKind.Whole, 0, 23),
        new("temp", FieldKind.Real, 0, 1),
        new("working", FieldKind.Flag),
        new("day", FieldKind.Date),
        new("weather", FieldKind.Category, Categories: ["clear", "rain"]),
    ];

    private readonly List<Finding> _findings = [];

    [Fact]
    public void A_good_row_is_read_in_field_order_whatever_the_order_of_names()
    {
        var row = Read("""{"weather":"rain","day":"2011-01-01","working":true,"temp":0.25,"hour":23}""");

        row.ShouldBe([23, 0.25, 1, new DateOnly(2011, 1, 1).DayNumber, 1]);
        _findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("\"1\"")]
    public void A_flag_is_a_number_or_a_truth_value(string flag) => Read(Row(working: flag))![2].ShouldBe(1);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("5e-1", 0.5)]
    [InlineData("\"0.5\"", 0.5)]
    public void A_real_is_any_way_to_write_a_number(string temp, double value) => Read(Row(temp: temp))![1].ShouldBe(value);

    [Theory]
    [InlineData("hour", "24", "Out of range", "a whole number from 0 to 23")]
    [InlineData("hour", "-1", "Out of range", "a whole number from 0 to 23")]
    [InlineData("hour", "1.5", "Wrong type", "a whole number from 0 to 23")]
    [InlineData("hour", "null", "Wrong type", "a whole number from 0 to 23")]
    [InlineData("hour", "[1]", "Wrong type", "a whole number from 0 to 23")]
    [InlineData("temp", "1.01", "Out of range", "a number from 0 to 1")]
    [InlineData("temp", "\"warm\"", "Wrong type", "a number from 0 to 1")]
    [InlineData("temp", "\"NaN\"", "Wrong type", "a number from 0 to 1")]
    [InlineData("temp", "1e999", "Wrong type", "a number from 0 to 1")]
    [InlineData("temp", "true", "Wrong type", "a number from 0 to 1")]
    [InlineData("working", "2", "Wrong type", "0 or 1")]
    [InlineData("day", "\"2011-13-01\"", "Wrong type", "a date yyyy-MM-dd")]
    [InlineData("day", "20110101", "Wrong type", "a date yyyy-MM-dd")]
    [InlineData("weather", "\"snow\"", "Unknown category", "one of clear, rain")]
    [InlineData("weather", "0", "Unknown category", "one of clear, rain")]
    public void A_wrong_value_is_named_with_what_was_expected(string name, string json, string what, string expected)
    {
        var good = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Row())!;
        good[name] = JsonDocument.Parse(json).RootElement;

        Read(JsonSerializer.Serialize(good)).ShouldBeNull();

        var finding = _findings.ShouldHaveSingleItem();
        finding.What.ShouldBe(what);
        finding.Where.ShouldBe($"row 3.{name}");
        finding.Value.ShouldBe(json.Trim('"'));
        finding.Expected.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"x": null, "kind": null}""")]
    public void What_may_be_missing_may_be_left_out_or_null(string body)
    {
        FieldRule[] fields = [new("x", FieldKind.Real, Optional: true), new("kind", FieldKind.Category, Categories: ["a"], Optional: true)];
        var findings = new List<Finding>();

        var row = new RowReader(fields).Read(JsonDocument.Parse(body).RootElement, "row", findings);

        findings.ShouldBeEmpty();
        row!.Values.ShouldBe([double.NaN, double.NaN]);
        RowWriter.Write(fields, row.Input).ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public void Null_is_no_value_of_what_must_be_there()
    {
        var findings = new List<Finding>();

        new RowReader([new("x", FieldKind.Real)]).Read(JsonDocument.Parse("""{"x": null}""").RootElement, "row", findings).ShouldBeNull();

        findings.ShouldHaveSingleItem().What.ShouldBe("Wrong type");
    }

    [Fact]
    public void Missing_unknown_and_wrong_features_are_named_all_at_once()
    {
        Read("""{"hour":99,"tmp":0.5,"working":"no","weather":"clear"}""").ShouldBeNull();

        _findings.Select(finding => (finding.What, finding.Where)).ShouldBe(
        [
            ("Out of range", "row 3.hour"),
            ("Unknown feature", "row 3.tmp"),
            ("Wrong type", "row 3.working"),
            ("Missing feature", "row 3.temp"),
            ("Missing feature", "row 3.day"),
        ]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    public void What_is_no_object_is_no_row(string json)
    {
        Read(json).ShouldBeNull();

        _findings.ShouldHaveSingleItem().What.ShouldBe("Not an object");
    }

    [Fact]
    public void Findings_of_earlier_rows_do_not_spoil_a_good_row()
    {
        _findings.Add(new("MLB0000", "earlier"));

        Read(Row()).ShouldNotBeNull();
        _findings.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"hour":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public void Half_a_character_is_a_finding_and_no_exception(string json)
    {
        Read(json).ShouldBeNull();

        _findings.ShouldNotBeEmpty();
    }

    private static string Row(string temp = "0.5", string working = "0") =>
        $$"""{"hour":1,"temp":{{temp}},"working":{{working}},"day":"2011-01-01","weather":"clear"}""";

    [Theory]
    [InlineData("{}", "Missing feature")]
    [InlineData("""{"cnt_lag_168h": null}""", null)]
    [InlineData("""{"cnt_lag_168h": 3, "cnt_mean_24h_lag_1h_by_station": 4}""", null)]
    [InlineData("""{"cnt_lag_168h": 3, "cnt_lag": 4}""", "Unknown feature")]
    public void What_earlier_rows_had_must_be_said_and_what_another_version_asks_for_may_be(string body, string? problem)
    {
        var past = new PastValues("cnt", TimeSpan.FromDays(7));
        FieldRule[] fields = [new(past.Name, FieldKind.Real, Optional: true) { Past = past }];
        var element = JsonDocument.Parse(body).RootElement;
        var findings = new List<Finding>();

        (new RowReader(fields).Read(element, "row", findings) == null).ShouldBe(problem != null);
        findings.Select(finding => finding.What).ShouldBe(problem == null ? [] : [problem]);
        RequestContract.Of(fields, []).IsKeptBy(System.Text.Encoding.UTF8.GetBytes(body)).ShouldBe(problem == null);
    }

    [Theory]
    [InlineData("""{"note": ""}""", false)]
    [InlineData("""{"note": null}""", false)]
    [InlineData("""{"note": "x"}""", true)]
    public void A_needed_text_is_not_empty(string body, bool accepted) =>
        (new RowReader([new("note", FieldKind.Text)]).Read(JsonDocument.Parse(body).RootElement, "row", []) != null).ShouldBe(accepted);

    private double[]? Read(string json) => new RowReader(Fields).Read(JsonDocument.Parse(json).RootElement, "row 3", _findings)?.Values;
}
