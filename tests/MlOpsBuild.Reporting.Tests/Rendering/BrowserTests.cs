using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>The page as a browser shows it, on a telephone and on a desk, in light and in dark.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [ChromiumFact]
    public async Task The_report_is_readable_on_every_screen_without_network_or_scripts()
    {
        var problems = await PageAudit.ProblemsAsync(chromium, Page(Example.Input));

        string.Join('\n', problems).ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task So_is_a_report_whose_texts_are_hostile()
    {
        var problems = await PageAudit.ProblemsAsync(chromium, Page(Example.With(Example.Hostile)));

        string.Join('\n', problems).ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Hostile_texts_are_shown_and_become_no_elements()
    {
        var usual = await ElementsAsync(await chromium.ShowAsync(Page(Example.Input), PageView.Desk));

        var hostile = await chromium.ShowAsync(Page(Example.With(Example.Hostile)), PageView.Desk);

        (await hostile.LinesAsync()).ShouldContain(line => line.Contains("<script>alert(1)</script>", StringComparison.Ordinal));
        (await hostile.Page.Locator("script, iframe, object, embed, [href*='evil.example']").CountAsync()).ShouldBe(0);
        (await ElementsAsync(hostile)).Except(usual).ShouldBeEmpty();
    }

    private static string Page(ReportInput input) => ReportWriter.Default.Html(ReportComposer.Compose(input));

    // The kinds of elements of a page, with the names of their attributes.
    private static async Task<IReadOnlyList<string>> ElementsAsync(Tab tab) => await tab.Page.EvaluateAsync<string[]>(
        "() => [...new Set([...document.querySelectorAll('*')].map(element => [element.localName, ...element.getAttributeNames().sort()].join(' ')))]");
}
