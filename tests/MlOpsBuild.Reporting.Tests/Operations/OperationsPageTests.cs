using MlOpsBuild.Reporting.Rendering.Tests;

namespace MlOpsBuild.Reporting.Operations.Tests;

/// <summary>The page as a browser shows it, on a telephone and on a desk, in light and in dark.</summary>
public sealed class OperationsPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [ChromiumFact]
    public async Task It_is_readable_on_every_screen_without_network_or_scripts()
    {
        var metrics = new OperationsComposer(Delivered.Input).Between(Delivered.From, Delivered.Until);

        var problems = await PageAudit.ProblemsAsync(chromium, new OperationsReport(metrics).Html());

        string.Join('\n', problems).ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Names_that_are_hostile_are_text()
    {
        var metrics = new OperationsComposer(Delivered.Input with { Pipeline = "<img src=x onerror=alert(1)>" })
            .Between(Delivered.From, Delivered.Until);

        var tab = await chromium.ShowAsync(new OperationsReport(metrics).Html(), PageView.Desk);

        (await tab.Page.Locator("img, script").CountAsync()).ShouldBe(0);
        (await tab.LinesAsync()).ShouldContain(line => line.StartsWith("<img src=x", StringComparison.Ordinal));
    }
}
