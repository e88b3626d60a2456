namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommentBodyTests
{
    private const string First = "## ✅ Demand: Passed\n\n| gate |\n|---|\n| RMSE |\n";
    private static readonly Uri Full = new("https://example.org/run/1");

    [Fact]
    public void Short_report_is_kept_whole() => Fit(First, 1_000).ShouldBe($"{First.TrimEnd()}\n\n{Marker(First.TrimEnd())}");

    [Theory]
    [InlineData(400)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void Long_report_keeps_whole_sections_within_the_limit_and_says_where_the_rest_is(int limit)
    {
        var report = First + string.Concat(
            Enumerable.Range(0, 50).Select(i => $"\n<details><summary>{i}</summary>\n\n{new string('x', 150)}\n</details>\n"));

        var body = Fit(report, limit);

        body.Length.ShouldBeLessThanOrEqualTo(limit);
        body.ShouldStartWith(First.TrimEnd());
        Count(body, "<details>").ShouldBe(Count(body, "</details>"));
        body.ShouldContain("sections are left out here; [the full report](https://example.org/run/1) has them");
        ReportMarker.In(body).ShouldNotBeNull();
    }

    [Fact]
    public void First_screen_that_is_too_long_is_cut_at_a_line()
    {
        var body = Fit(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"| row {i:0000} |\n")), 2_000);

        body.Length.ShouldBeLessThanOrEqualTo(2_000);
        body.Split('\n').TakeWhile(line => line.Length > 0).ShouldAllBe(line => line.Length == 12);
    }

    [Fact]
    public void Without_an_address_the_files_are_named() =>
        CommentBody.Fit(First + "\n<details>" + new string('x', 500), Marker, new(400), null)
            .ShouldContain("the report files of the run have them");

    private static string Fit(string markdown, int limit) => CommentBody.Fit(markdown, Marker, new(limit), Full);

    private static ReportMarker Marker(string text) =>
        new("Demand", 1, 1, "abc", MlOpsBuild.Core.Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).Hex[..16]);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
