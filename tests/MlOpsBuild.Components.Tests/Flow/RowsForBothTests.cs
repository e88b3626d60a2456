using System.Text;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class RowsForBothTests
{
    private static readonly string[] Candidate = [Row("\"hr\": 1, \"cnt_lag_1h\": 5", 10), Row("\"hr\": 2, \"cnt_lag_1h\": 6", 20)];

    [Fact]
    public void What_the_champion_alone_looks_back_at_is_added()
    {
        var merged = Lines(RowsForBoth.Merge(
            Candidate, [Row("\"hr\": 1, \"cnt_lag_24h\": 7", 10), Row("\"hr\": 2, \"cnt_lag_24h\": null", 20)], []));

        merged.Select(row => row.Features.ToJsonString())
            .ShouldBe(["""{"hr":1,"cnt_lag_1h":5,"cnt_lag_24h":7}""", """{"hr":2,"cnt_lag_1h":6,"cnt_lag_24h":null}"""]);
        merged.Select(row => (row.Label, row.Prediction.Value)).ShouldBe([(10, 1.5), (20, 1.5)]);
    }

    [Theory]
    [InlineData("\"hr\": 1", 10)]
    [InlineData("\"hr\": 1, \"wind\": 3", 10)]
    [InlineData("\"hr\": 1, \"cnt_lag_24h\": 7", 11)]
    public void Nothing_is_added_where_there_is_nothing_or_rows_are_others(string features, double label) =>
        RowsForBoth.Merge(Candidate, [Row(features, label), Row(features, 20)], []).ShouldBeNull();

    [Fact]
    public void Nothing_is_added_where_there_are_more_rows_or_fewer() =>
        RowsForBoth.Merge(Candidate, [Row("\"cnt_lag_24h\": 7", 10)], []).ShouldBeNull();

    /// <summary>No row has personal data that no model needs; the champion may be the only one that does.</summary>
    [Fact]
    public void Personal_data_that_the_champion_alone_needs_are_added_where_the_contract_still_knows_them()
    {
        string[] champion =
            [Row("\"hr\": 1, \"age\": 30, \"name\": \"x\"", 10), Row("\"hr\": 2, \"age\": 40, \"name\": \"y\"", 20)];

        Lines(RowsForBoth.Merge(Candidate, champion, ["age"])).Select(row => row.Features.ToJsonString())
            .ShouldBe(["""{"hr":1,"cnt_lag_1h":5,"age":30}""", """{"hr":2,"cnt_lag_1h":6,"age":40}"""]);
    }

    /// <summary>Each version answers something else: what is expected tells whether the rows are the same.</summary>
    [Fact]
    public void Cases_are_the_same_where_the_same_is_expected_however_they_were_answered()
    {
        const string mine = """{"features": {"hr": 1}, "label": 1, "prediction": {"answer": "yes"}, "expected": "yes"}""";

        RowsForBoth.Merge(
            [mine], ["""{"features": {"hr": 1, "age": 5}, "label": 0, "prediction": {"answer": "no"}, "expected": "yes"}"""], ["age"])
            .ShouldNotBeNull();
        RowsForBoth.Merge(
            [mine], ["""{"features": {"hr": 1, "age": 5}, "label": 1, "prediction": {"answer": "no"}, "expected": "no"}"""], ["age"])
            .ShouldBeNull();
    }

    private static string Row(string features, double label) =>
        $"{{\"features\": {{{features}}}, \"label\": {label}, \"prediction\": 1.5}}";

    private static List<LabelledRow> Lines(byte[]? content) =>
        [.. Encoding.UTF8.GetString(content!).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LabelledRow.Parse)];
}
