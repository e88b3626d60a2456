using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class ReportMarkerTests
{
    private static readonly CodeHostContext Context = new()
    {
        Kind = CodeHostKind.GitHub, Api = new("http://127.0.0.1/"), Project = "acme/shop", Commit = "abc123", Run = 7, Attempt = 2
    };

    [Fact]
    public void Marker_is_read_back_whatever_the_pipeline_is_called() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonEmptyString>(),
            name => ReportMarker.In("text\n\n" + ReportMarker.Of(Context, Legal(name.Get), "text"))?.Pipeline == Legal(name.Get))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Marker_is_an_HTML_comment_that_nothing_in_it_can_end()
    {
        var marker = ReportMarker.Of(Context, "a --> <script>", "text").ToString();

        marker.ShouldStartWith("<!-- ");
        marker.IndexOf("--", 4, StringComparison.Ordinal).ShouldBe(marker.Length - 3);
    }

    [Fact]
    public void Only_the_last_line_is_a_marker() =>
        ReportMarker.In($"> {ReportMarker.Of(Context, "Demand", "text")}\n\nquoted above").ShouldBeNull();

    [Theory]
    [InlineData(8, 1, true)]
    [InlineData(7, 3, true)]
    [InlineData(7, 2, false)]
    [InlineData(7, 1, false)]
    [InlineData(6, 9, false)]
    public void Later_run_or_attempt_comes_after(long run, long attempt, bool after) =>
        (ReportMarker.Of(Context, "Demand", "") with { Run = run, Attempt = attempt }).IsAfter(ReportMarker.Of(Context, "Demand", ""))
            .ShouldBe(after);

    // Lone halves of surrogate pairs are no text that any host keeps.
    private static string Legal(string text) => string.Concat(text.Where(letter => !char.IsSurrogate(letter)).DefaultIfEmpty('x'));
}
