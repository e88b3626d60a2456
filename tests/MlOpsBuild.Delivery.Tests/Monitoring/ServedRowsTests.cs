namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class ServedRowsTests
{
    private static readonly DateTime Start = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_span_holds_its_first_moment_and_not_its_last_of_rows_and_of_what_got_no_answer()
    {
        var rows = new ServedRows(
            3, [.. Hours(4)], [1, 2, 3, 4], [10, double.NaN, 30, 40], new Dictionary<string, double[]> { ["x"] = [5, 6, 7, 8] })
        {
            Refused = [.. Hours(4)], Failed = [Start.AddHours(3), Start.AddHours(1)],
        };

        var span = rows.Between(Start.AddHours(1), Start.AddHours(3));

        (span.Version, span.Count, span.Labelled).ShouldBe((3, 2, 1));
        span.Times.ShouldBe([Start.AddHours(1), Start.AddHours(2)]);
        span.Predictions.Select(prediction => prediction.Value).ShouldBe([2, 3]);
        span.Columns["x"].ShouldBe([6.0, 7]);
        span.LabelledRows.ShouldBe([1]);
        span.Refused.ShouldBe([Start.AddHours(1), Start.AddHours(2)]);
        span.Failed.ShouldBe([Start.AddHours(1)]);
    }

    [Fact]
    public void A_version_that_answered_nothing_has_nothing()
    {
        var none = ServedRows.None(7);

        (none.Version, none.Count, none.Labelled, none.Refused.Count, none.Failed.Count).ShouldBe((7, 0, 0, 0, 0));
        none.Between(Start, Start.AddDays(1)).Count.ShouldBe(0);
    }

    private static IEnumerable<DateTime> Hours(int count) => Enumerable.Range(0, count).Select(hour => Start.AddHours(hour));
}
