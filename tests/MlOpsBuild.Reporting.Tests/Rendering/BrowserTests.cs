using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>The page as a browser shows it, on a telephone and on a desk.</summary>
public sealed partial class BrowserTests : IDisposable
{
    private static readonly (int Width, int Height)[] Screens = [(375, 812), (1440, 900)];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task It_renders_at_both_widths_without_a_complaint()
    {
        var page = await WriteAsync(ReportWriter.Default.Html(ReportComposer.Compose(Example.Input)));
        foreach (var (width, height) in Screens)
        {
            var picture = _folder[string.Create(CultureInfo.InvariantCulture, $"{width}.png")];

            var (_, log) = await Chromium.RunAsync(_folder.Path, string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"), $"--screenshot={picture}", page);

            Chromium.ConsoleLines(log).ShouldBeEmpty();
            var content = await File.ReadAllBytesAsync(picture);
            BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(16, 4)).ShouldBe(width);
            content.Length.ShouldBeGreaterThan(5_000);
        }
    }

    [ChromiumFact]
    public async Task What_the_browser_understood_is_what_was_written()
    {
        var page = await WriteAsync(ReportWriter.Default.Html(ReportComposer.Compose(Example.With(Example.Hostile))));

        var (dom, log) = await Chromium.RunAsync(_folder.Path, "--dump-dom", page);

        Chromium.ConsoleLines(log).ShouldBeEmpty();
        dom.ShouldContain("alert(1)");
        dom.ShouldNotContain("<script");
        Regex.Count(dom, "<svg ").ShouldBe(7);
        Regex.Count(dom, "<polyline ").ShouldBe(7);
    }

    [ChromiumFact]
    public async Task The_page_is_never_wider_than_its_screen()
    {
        // The report itself has no script; the measuring page has one, around a frame of the report at each width.
        await WriteAsync(ReportWriter.Default.Html(ReportComposer.Compose(Example.Input)));
        var frames = string.Concat(Screens.Select(screen => $"<iframe src=\"report.html\" width=\"{screen.Width}\" height=\"{screen.Height}\" style=\"border:0\"></iframe>"));
        await File.WriteAllTextAsync(_folder["measure.html"], frames + """
            <p id="widths"></p><script>onload = () => document.getElementById('widths').textContent = [...document.querySelectorAll('iframe')]
                .map(frame => `${frame.clientWidth}:${frame.contentDocument.documentElement.scrollWidth}`).join(' ')</script>
            """);

        var (dom, _) = await Chromium.RunAsync(_folder.Path, "--allow-file-access-from-files", "--window-size=2000,2000", "--dump-dom", new Uri(_folder["measure.html"]).AbsoluteUri);

        Widths().Match(dom).Groups[1].Value.ShouldBe("375:375 1440:1440");
    }

    [GeneratedRegex("<p id=\"widths\">([^<]*)</p>")]
    private static partial Regex Widths();

    private async Task<string> WriteAsync(string html)
    {
        await File.WriteAllTextAsync(_folder["report.html"], html);
        return new Uri(_folder["report.html"]).AbsoluteUri;
    }
}
