using System.Text;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Reporting.Profiles.Tests;

/// <summary>A profile is a sentence, a table and a page.</summary>
public sealed class ProfileReportTests
{
    [Fact]
    public async Task The_page_shows_every_column_and_escapes_what_is_foreign()
    {
        var report = await OfAsync("n,text\n1,<script>\n2,<script>\n4,b\n");

        report.Answer.ShouldBe("3 rows, 2 columns. Nothing is promised about them.");
        report.Summary.Rows.Select(row => row[0]).ShouldBe(["n", "text"]);
        var page = report.Html();
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script");
        page.ShouldContain("mean");
        page.ShouldContain("<svg");
    }

    [Fact]
    public async Task Broken_rows_are_said_first() =>
        (await OfAsync("a,b\n1,2\n3\n")).Answer.ShouldBe("2 rows, 2 columns. 1 row is broken. Nothing is promised about them.");

    private static async Task<ProfileReport> OfAsync(string text) =>
        new(
            await TableSummarizer.OfAsync(
                "x.csv", [TableFile.Of("x.csv", Encoding.UTF8.GetBytes(text))], null, new Progress<string>(), CancellationToken.None),
            simulated: false);
}
