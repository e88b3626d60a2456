using System.IO.Enumeration;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>Each check finds what it is there for, and only that.</summary>
public sealed class PageAuditTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Svg = "<svg viewBox='0 0 200 100' style='width:200px' role='img' aria-label='chart'>";

    [ChromiumFact]
    public async Task A_good_page_has_no_problem()
    {
        var page = Page($"""
            <h2>Table</h2>
            <div style='overflow-x:auto'><table><tr><th>wide</th></tr><tr><td style='white-space:nowrap'>{new string('x', 400)}</td></tr></table></div>
            <h2>Chart</h2>
            {Svg}<rect width='200' height='100' fill='#000'/><text x='20' y='50' fill='#fff'>on the shape</text>
            <line class='grid' x2='200' stroke='#eee'/><g class='band'><rect width='9' height='9' fill='#eee'/></g><polyline class='line' points='0,0 9,9' fill='none' stroke='#777'/></svg>
            <details><summary>More</summary><p>of it</p></details>
            <div style='background:#333;opacity:.9'><p style='color:#fff'>light on dark</p></div>
            <p style='color:#888;font-size:24px'>large letters may be paler</p>
            <p style='position:absolute;width:1px;height:1px;overflow:hidden;color:#eee'>only for screen readers</p>
            <noscript></noscript><img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>
            """);

        var problems = await PageAudit.ProblemsAsync(chromium, page);

        string.Join('\n', problems).ShouldBeEmpty();
    }

    [ChromiumTheory]
    [InlineData("<p style='width:600px'>wide</p>", "layout: the page is 6?? px wide on a screen of 375 px")]
    [InlineData(
        "<p style='white-space:nowrap'>A line that never ends, whatever the screen may be, and goes on</p>",
        "layout: p is outside of the page, from * px of 375 px: \"A line that never ends, whatever the scr*")]
    [InlineData(
        "<p style='position:absolute;left:-30px'>left</p>", "layout: p is outside of the page, from -30 to * px of 375 px: \"left\"")]
    [InlineData(
        "<div class='scroll' style='overflow-x:auto;width:500px'>wide</div>",
        "layout: div.scroll is outside of the page, from * px of 375 px")]
    public async Task A_page_wider_than_the_screen_is_found(string content, string problem) =>
        await ShouldFindAsync(Page(content), problem);

    [ChromiumFact]
    public async Task Overlaps_lost_labels_and_small_letters_are_found()
    {
        var page = Page($"""
            <p>one</p><p style='margin-top:-30px'>two</p>
            <div style='height:20px'><b style='display:block'>three</b><b style='display:block'>four</b></div><div>five</div>
            <p style='font-size:9.5px'>small</p>
            {Svg}<text x='180' y='50'>too far right</text></svg>
            {Svg}<text x='20' y='50'>June</text><text x='40' y='52'>July</text></svg>
            """);

        var problems = await FoundAsync(page);

        ShouldMatch(
            problems,
            "layout: p:nth-of-type(1) and p:nth-of-type(2) overlap by * px",
            "layout: div:nth-of-type(1) and div:nth-of-type(2) overlap by * px",
            "layout: p:nth-of-type(3) is written in 9.5 px, at least 10 px are needed: \"small\"",
            "layout: svg:nth-of-type(1) > text is outside of its drawing by * px: \"too far right\"",
            "layout: svg:nth-of-type(2): the labels \"June\" and \"July\" overlap by * px");
    }

    [ChromiumFact]
    public async Task Pale_texts_and_lines_are_found()
    {
        const string Picture = "url(data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=)";
        var page = Page($$"""
            <style>i::before { content: '!'; color: #ccc }</style>
            <p style='color:#999;background:#eee'>grey on grey</p>
            <p style='color:#777'>almost</p>
            <p style='color:#888;font-size:23px'>not large enough</p>
            <p style='color:oklch(0.9 0 0)'>another colour space</p>
            <p style='color:#fff;background:linear-gradient(#000, #fff)'>lost at the end</p>
            <p style='background:{{Picture}}'>on a picture</p>
            <div style='opacity:.5'><b>faded</b></div>
            <i></i>
            {{Svg}}<text y='50' fill='#aaa'>pale label</text></svg>
            {{Svg}}<rect width='200' height='100' fill='#222'/><text y='50'>on a shape</text></svg>
            {{Svg}}<polyline class='line' points='0,0 9,9' fill='none' stroke='#aaa'/><rect class='bar' width='9' height='9' fill-opacity='.3'/></svg>
            """);

        var problems = await FoundAsync(page);

        problems.ShouldBe(
        [
            "contrast: p:nth-of-type(1) has 2.46 of 4.5, rgb(153 153 153) on rgb(238 238 238): \"grey on grey\"",
            "contrast: p:nth-of-type(2) has 4.48 of 4.5, rgb(119 119 119) on rgb(255 255 255): \"almost\"",
            "contrast: p:nth-of-type(3) has 3.54 of 4.5, rgb(136 136 136) on rgb(255 255 255): \"not large enough\"",
            "contrast: p:nth-of-type(4) has 1.35 of 4.5, rgb(222 222 222) on rgb(255 255 255): \"another colour space\"",
            "contrast: p:nth-of-type(5) has 1 of 4.5, rgb(255 255 255) on rgb(255 255 255): \"lost at the end\"",
            "contrast: p:nth-of-type(6) is painted with or on a picture, so its contrast is unknown: \"on a picture\"",
            "contrast: div > b has 3.98 of 4.5, rgb(128 128 128) on rgb(255 255 255): \"faded\"",
            "contrast: svg:nth-of-type(1) > text has 2.32 of 4.5, rgb(170 170 170) on rgb(255 255 255): \"pale label\"",
            "contrast: svg:nth-of-type(2) > text has 1.32 of 4.5, rgb(0 0 0) on rgb(34 34 34): \"on a shape\"",
            "contrast: i::before has 1.61 of 4.5, rgb(204 204 204) on rgb(255 255 255): \"!\"",
            "contrast: svg:nth-of-type(3) > polyline.line has 2.32 of 3, rgb(170 170 170) on rgb(255 255 255)",
            "contrast: svg:nth-of-type(3) > rect.bar has 2.11 of 3, rgb(179 179 179) on rgb(255 255 255)",
        ]);
    }

    [ChromiumFact]
    public async Task What_a_screen_reader_misses_is_found()
    {
        var page = Page("<h3>three</h3><table><tr><td>one</td></tr><tr><th>two</th></tr></table><svg aria-label='chart' viewBox='0 0 9 9'></svg><svg role='img' viewBox='0 0 9 9'></svg>")
            .Replace(" lang='en'", "", StringComparison.Ordinal);

        var problems = await FoundAsync(page);

        problems.ShouldBe(
        [
            "accessibility: html has the lang \"\"",
            "accessibility: h3 follows h1: \"three\"",
            "accessibility: table has no header cells: \"onetwo\"",
            "accessibility: svg:nth-of-type(1) has not the role img",
            "accessibility: svg:nth-of-type(2) has neither aria-label nor title",
        ]);
    }

    [ChromiumFact]
    public async Task What_a_page_does_beside_being_read_is_found()
    {
        var page = Page("""
            <style>p { background-image: url(two.png) }</style>
            <p></p><img alt='' src='http://images.example/one.png'>
            <noscript>Switch scripts on</noscript>
            <script>console.error('broken'); console.warn('odd'); alert('look here')</script>
            <script>document.querySelector('h1').append(' written late')</script>
            <script>throw new Error('thrown')</script>
            """);

        var problems = await FoundAsync(page);

        string[] expected =
        [
            "console: error: broken", "console: warning: odd", "page error: Error: thrown*", "page: it interrupts the reader: look here",
            "network: the page asks for http://images.example/one.png", "network: the page asks for http://report.test/two.png",
            "scripts: seen only with them: \"Page written late\"", "scripts: seen only without them: \"Switch scripts on\"",
        ];
        expected.ShouldAllBe(problem => problems.Any(found => Matches(found, problem)), string.Join('\n', problems));
    }

    [ChromiumFact]
    public async Task A_page_that_a_telephone_shrinks_is_found() =>
        await ShouldFindAsync(
            Page("<p>far away</p>").Replace("width=device-width, initial-scale=1", "", StringComparison.Ordinal),
            "layout: p is written in 6.1? px, at least 10 px are needed: \"far away\"");

    [ChromiumFact]
    public async Task A_page_laid_out_for_a_wider_screen_is_found() =>
        await ShouldFindAsync(
            Page("").Replace("width=device-width", "width=1200", StringComparison.Ordinal),
            "layout: the page is 1200 px wide on a screen of 375 px");

    [ChromiumFact]
    public async Task A_page_of_a_megabyte_is_too_large() =>
        (await PageAudit.ProblemsAsync(chromium, Page($"<!--{new string('x', 1_000_000)}-->"), [PageView.Phone])).ShouldHaveSingleItem()
            .ShouldStartWith("size: 1000");

    [ChromiumFact]
    public async Task A_problem_names_the_views_that_have_it()
    {
        const string Content = "<style>@media (prefers-color-scheme: dark) { .answer { color: #999 } } @media (min-width: 600px) { b { color: #999 } }</style><p class='answer'>dark</p><b>wide</b>";

        var problems = await PageAudit.ProblemsAsync(chromium, Page(Content));

        problems.Count.ShouldBe(2);
        problems[0].ShouldEndWith("\"dark\" (375x812 dark, 1440x900 dark)");
        problems[1].ShouldEndWith("\"wide\" (1440x900 light, 1440x900 dark)");
    }

    [ChromiumFact]
    public async Task A_policy_against_scripts_does_not_stop_the_checks() =>
        await ShouldFindAsync(
            Page("<p style='color:#999'>pale</p>").Replace(
                "<title>", "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>",
                StringComparison.Ordinal),
            "contrast: p has 2.85 of 4.5, *");

    [ChromiumFact]
    public async Task Contrast_is_computed_as_in_WCAG()
    {
        (string One, string Other, double Ratio)[] known =
        [
            ("#000", "#fff", 21), ("#fff", "#000", 21), ("#767676", "#fff", 4.54), ("rgb(119, 119, 119)", "#ffffff", 4.48),
            ("#ff0000", "#ffffff", 4),
            ("#0000ff", "#ffffff", 8.59), ("#00ff00", "#ffffff", 1.37), ("#123456", "#123456", 1),
        ];
        var tab = await chromium.ShowAsync(Page(""), PageView.Phone);

        foreach (var (one, other, ratio) in known)
        {
            Math.Round(await PageAudit.ContrastAsync(tab.Page, one, other), 2).ShouldBe(ratio, $"{one} on {other}");
        }
    }

    private static string Page(string content) => """
        <!DOCTYPE html>
        <html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'><title>page</title>
        <style>body, p, b, text { color: #000; font: 16px/1.5 sans-serif } body { background: #fff }</style></head>
        <body><h1>Page</h1>CONTENT</body></html>
        """.Replace("CONTENT", content, StringComparison.Ordinal);

    // Of one view, which is named last.
    private async Task<IReadOnlyList<string>> FoundAsync(string page) =>
        [.. (await PageAudit.ProblemsAsync(chromium, page, [PageView.Phone])).Select(problem => problem[..^$" ({PageView.Phone})".Length])];

    private async Task ShouldFindAsync(string page, string problem)
    {
        var problems = await FoundAsync(page);

        problems.ShouldContain(found => Matches(found, problem), string.Join('\n', problems));
    }

    private static void ShouldMatch(IReadOnlyList<string> problems, params string[] expected)
    {
        problems.Count.ShouldBe(expected.Length, string.Join('\n', problems));
        problems.Zip(expected).ShouldAllBe(pair => Matches(pair.First, pair.Second), string.Join('\n', problems));
    }

    private static bool Matches(string found, string problem) => FileSystemName.MatchesSimpleExpression(problem, found, false);
}
