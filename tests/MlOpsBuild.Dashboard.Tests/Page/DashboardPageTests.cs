using Microsoft.Playwright;
using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Dashboard.State;
using MlOpsBuild.Dashboard.Tests;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Dashboard.Page.Tests;

/// <summary>The page as people use it.</summary>
public sealed class DashboardPageTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime, IDisposable
{
    private readonly FakeBuild _build = new();
    private readonly List<string> _complaints = [];
    private DashboardServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = new(new(0, "t0ken") { Pause = TimeSpan.FromMilliseconds(50) }, _build, TimeProvider.System);
        await _server.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    // It has ended already.
    public void Dispose()
    {
    }

    [BrowserFact]
    public async Task Whoever_looks_finds_the_bad_version_and_rolls_back_in_four_steps()
    {
        var page = await OpenAsync();

        (await page.Locator(".banner").InnerTextAsync()).ShouldContain("v3 got worse since 2026-11-10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to v2" }).ClickAsync();
        await page.GetByLabel("Reason, for the audit log").FillAsync("loss doubled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#act-problem")).ToHaveTextAsync("Done.");

        _build.Acts.ShouldBe([new(DashboardActKind.Rollback, "Demand", "local", null, "loss doubled")]);
        (await page.Locator("#act-lines").InnerTextAsync()).ShouldBe("Rollback is done");
        _complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task By_keyboard_alone_too_and_a_reason_is_asked_for()
    {
        var page = await OpenAsync();

        for (var step = 0; step < 20 && await FocusedAsync(page) != "Roll back to v2"; step++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        _build.Acts.ShouldBeEmpty("there is no reason yet");
        await page.Keyboard.TypeAsync("worse");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#act-problem")).ToHaveTextAsync("Done.");
        await page.Keyboard.PressAsync("Escape");

        (await page.Locator("dialog[open]").CountAsync()).ShouldBe(0);
        _build.Acts.ShouldHaveSingleItem().Reason.ShouldBe("worse");
    }

    [BrowserFact]
    public async Task What_changes_is_seen_without_loading_again_and_nobody_loses_their_place()
    {
        var page = await OpenAsync();
        await page.Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy v4 of Demand" }).FocusAsync();

        _build.State = StateComposer.Of([Example.Facts with { Canary = Example.Canary }, Example.Well], Example.Audit);

        await Assertions.Expect(page.Locator(".canary h3")).ToHaveTextAsync("Canary: v4 at 25 %");
        (await page.Locator(".canary").InnerTextAsync()).ShouldContain("at most 63 s");
        (await page.Locator("details[open]").CountAsync()).ShouldBe(1);
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')")).ShouldBe("Deploy v4 of Demand");
    }

    [BrowserFact]
    public async Task An_A_B_test_is_seen_with_its_arms_its_figures_and_its_verdict()
    {
        _build.State = StateComposer.Of([Example.Facts with { Experiment = Example.Experiment }, Example.Well], Example.Audit);
        var page = await OpenAsync();

        (await page.Locator(".experiment h3").InnerTextAsync()).ShouldContain("A/B test: v4 against v3");
        (await page.Locator(".experiment h3").InnerTextAsync()).ShouldContain("Better");
        (await page.Locator(".experiment tr").Nth(2).InnerTextAsync()).Split('\t').ShouldBe(["treatment", "v4", "1,990", "22.0"]);
        (await page.Locator(".experiment li").AllInnerTextsAsync()).ShouldBe(Example.Experiment.Lines);
        (await page.Locator(".experiment").CountAsync()).ShouldBe(1, "none where there was none");
        _complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task A_version_is_deployed_with_a_reason_and_a_refusal_is_shown()
    {
        _build.Answer = _ => Task.FromResult(new DashboardAnswer(3, ["v4 was not deployed: the loss is worse"]));
        var page = await OpenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy v4 of Demand" }).ClickAsync();
        (await page.Locator("#act-text").InnerTextAsync()).ShouldContain("by canary, and only when it is no worse than v3");
        await page.GetByLabel("Reason, for the audit log").FillAsync("mended");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#act-problem")).ToHaveTextAsync("The build ended with 3.");
        (await page.Locator("#act-lines").InnerTextAsync()).ShouldContain("the loss is worse");
        _build.Acts.ShouldBe([new(DashboardActKind.Deploy, "Demand", "local", 4, "mended")]);
    }

    [BrowserFact]
    public async Task Under_a_policy_its_lines_and_agreements_are_seen_and_a_version_is_approved_with_a_reason()
    {
        _build.State = StateComposer.Of([Example.Governed, Example.Well], Example.Audit);
        var page = await OpenAsync();

        await page.GetByText("Who may change what serves here, and when").ClickAsync();
        (await page.Locator("details[open] li").AllInnerTextsAsync()).ShouldBe(Example.Governed.Policy);
        (await page.GetByRole(AriaRole.Row, new() { Name = "v4" }).First.InnerTextAsync())
            .ShouldContain("rolled back; approved by ada until 2026-11-24 12:00");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).CountAsync())
            .ShouldBe(3, "not what serves, and not where nobody need agree");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve v4 of Demand" }).ClickAsync();
        (await page.Locator("#act-text").InnerTextAsync()).ShouldContain("You agree that it is deployed on local");
        await page.GetByLabel("Reason, for the audit log").FillAsync("looks good");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#act-problem")).ToHaveTextAsync("Done.");
        _build.Acts.ShouldBe([new(DashboardActKind.Approve, "Demand", "local", 4, "looks good")]);
        _complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Card_and_lineage_are_texts_and_never_markup()
    {
        var page = await OpenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Lineage of v2 of Demand" }).ClickAsync();

        await Assertions.Expect(page.Locator("#tell-text")).ToHaveTextAsync($"Lineage of Demand v2 {Example.Hostile}");
        (await page.Locator("img").CountAsync()).ShouldBe(0);
    }

    [BrowserFact]
    public async Task Hostile_names_and_reasons_are_texts()
    {
        _build.State = StateComposer.Of(
            [Example.Facts with { Pipeline = Example.Hostile, Problem = Example.Hostile }],
            [.. Example.Audit.Select(entry => entry with { Reason = Example.Hostile, Actor = "<script>alert(1)</script>" })]);
        var page = await OpenAsync();

        (await page.Locator("img, main script").CountAsync()).ShouldBe(0);
        (await page.Locator("h2").First.InnerTextAsync()).ShouldContain(Example.Hostile);
        _complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Without_the_token_there_is_a_door_and_the_address_keeps_none()
    {
        var page = await browser.OpenAsync(new($"http://127.0.0.1:{_server.Port}/"), _complaints);
        await page.GetByLabel("The token in the address").FillAsync("t0ken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Assertions.Expect(page.Locator(".place").First).ToBeVisibleAsync();

        (await OpenAsync()).Url.ShouldNotContain("t0ken");
    }

    [BrowserFact]
    public async Task It_is_readable_on_telephone_and_desk_in_light_and_in_dark()
    {
        _build.State = StateComposer.Of([Example.Governed with { Canary = Example.Canary }, Example.Well], Example.Audit);
        var checks = string.Concat(((string[])["dom.js", "layout.js", "contrast.js", "accessibility.js"])
            .Select(name => EmbeddedText.Read(typeof(DashboardPageTests).Assembly, name)));
        var problems = new List<string>();
        foreach (var width in (int[])[375, 1440])
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                var page = await OpenAsync(width, scheme);
                var found = await page.EvaluateAsync<string[]>(
                    $$"""
                    smallest => {
                        {{checks}}
                        document.querySelectorAll('details').forEach(details => details.open = true);
                        return [...layoutProblems(smallest), ...textContrastProblems(), ...lineContrastProblems(), ...accessibilityProblems()];
                    }
                    """,
                    width < 600 ? 10 : 0);
                problems.AddRange(found.Select(problem => $"{width} {scheme}: {problem}"));
                await page.Context.CloseAsync();
            }
        }

        string.Join('\n', problems.Distinct()).ShouldBeEmpty();
        _complaints.ShouldBeEmpty();
    }

    private async Task<IPage> OpenAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.OpenAsync(_server.Address, _complaints, width, scheme);
        await Assertions.Expect(page.Locator(".place").First).ToBeVisibleAsync();
        return page;
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent");
}
