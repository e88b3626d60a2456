using System.Text.RegularExpressions;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void It_needs_no_network_and_no_script()
    {
        var html = ReportWriter.Default.Html(ReportComposer.Compose(Example.Input));

        html.ShouldNotContain("<script", Case.Insensitive);
        html.ShouldNotContain("<link", Case.Insensitive);
        html.ShouldNotContain("<iframe", Case.Insensitive);
        html.ShouldNotContain("@import", Case.Insensitive);
        html.ShouldNotContain("://");
        References()
            .Matches(html)
            .Select(reference => reference.Groups[1].Value)
            .Where(target => !target.StartsWith("data:", StringComparison.Ordinal) && !target.StartsWith('#'))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Texts_from_outside_are_escaped_everywhere()
    {
        var html = ReportWriter.Default.Html(ReportComposer.Compose(Example.With(Example.Hostile)));

        html.ShouldNotContain("<script", Case.Insensitive);
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        Outside().Matches(html).ShouldBeEmpty();
    }

    [Fact]
    public void Every_tag_is_closed()
    {
        var html = ReportWriter.Default.Html(ReportComposer.Compose(Example.With(Example.Hostile)));

        foreach (var tag in (string[])
        [
            "html", "head", "body", "main", "table", "tr", "td", "th", "h1", "h2", "div", "p", "svg", "text", "code"
        ])
        {
            Regex.Count(html, $"<{tag}[ >]").ShouldBe(Regex.Count(html, $"</{tag}>"), tag);
        }
    }

    [Fact]
    public void It_says_verdict_answer_and_simulated_data()
    {
        var html = ReportWriter.Default.Html(ReportComposer.Compose(Example.Input with { Run = Example.Run with { Simulated = true } }));

        html.ShouldContain("<title>BikeDemand: Passed</title>");
        html.ShouldContain("All 2 gates pass on 1,440 hold-out rows.");
        html.ShouldContain("The data is simulated.");
        ReportWriter.Default.Html(ReportComposer.Compose(Example.Input)).ShouldNotContain("The data is simulated.");
    }

    [Fact]
    public void Every_chart_is_in_it_with_a_name_for_those_who_do_not_see_them()
    {
        var html = ReportWriter.Default.Html(ReportComposer.Compose(Example.Input));

        Regex.Count(html, "<svg [^>]*role=\"img\"[^>]*aria-label=\"[^\"]+\"").ShouldBe(7);
    }

    [Fact]
    public void A_run_without_deployment_slices_or_predictions_renders()
    {
        var html = ReportWriter.Default.Html(ReportComposer.Compose(new(Example.Bare, Example.Evidence with { Slices = [] }, null, null)));

        html.ShouldNotContain("<h2>Deployment</h2>");
        html.ShouldNotContain("<h2>Slices</h2>");
        html.ShouldNotContain("<svg");
    }

    [GeneratedRegex("(?:src|href|url)\\s*[=(]\\s*[\"']?([^\"')>]+)", RegexOptions.IgnoreCase)]
    private static partial Regex References();

    // An attribute that a quote from outside would have ended.
    [GeneratedRegex("\"quoted\"")]
    private static partial Regex Outside();
}
