namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommentFormTests
{
    private const string Report = """
        ## ✅ Demand: Passed

        | gate |
        |---|
        | RMSE |

        <details><summary>Charts</summary>

        Error by hour

        ```
        ▁▂▃ </details>
        ```

        ```mermaid
        xychart-beta
        ```
        blue: candidate, orange: champion

        Error by day

        ```mermaid
        xychart-beta
        ```

        after
        </details>
        """;

    [Fact]
    public void A_host_that_shows_everything_gets_the_report_as_it_is() => new CommentForm(10).Write(Report).ShouldBe(Report);

    [Fact]
    public void Where_nothing_folds_a_section_is_a_heading_and_code_stays_what_it_is()
    {
        var written = new CommentForm(10) { Folds = false }.Write(Report);

        written.ShouldContain("| RMSE |\n\n### Charts\n\nError by hour\n\n```\n▁▂▃ </details>\n```\n\n```mermaid\n");
        written.ShouldEndWith("after\n");
    }

    [Fact]
    public void Where_Mermaid_is_not_drawn_it_and_its_colours_are_left_out()
    {
        var written = new CommentForm(10) { DrawsMermaid = false }.Write(Report);

        written.ShouldNotContain("xychart");
        written.ShouldNotContain("blue:");
        written.ShouldContain("▁▂▃ </details>\n```\n\n\nError by day\n\n\nafter\n</details>");
    }

    [Theory]
    [InlineData(true, "<!-- mlops-report pipeline=a%20%28b%29%20c%2D%2D%3E run=7 attempt=2 commit=abc content=0123 -->")]
    [InlineData(false, "[//]: # (mlops-report pipeline=a%20%28b%29%20c%2D%2D%3E run=7 attempt=2 commit=abc content=0123)")]
    public void A_marker_is_hidden_by_what_the_host_does_not_show_and_read_back(bool comments, string hidden)
    {
        var marker = new ReportMarker("a (b) c-->", 7, 2, "abc", "0123");

        new CommentForm(10) { HidesComments = comments }.Hide(marker).ShouldBe(hidden);
        ReportMarker.In($"text\n\n{hidden}\n").ShouldBe(marker);
        ReportMarker.In($"> {hidden}\n\nquoted").ShouldBeNull();
    }
}
