using Microsoft.Playwright;

namespace MlOpsBuild.Dashboard.Page.Tests;

/// <summary>One headless browser for the tests of a class: the system's own, which reaches this machine and nothing else.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";

    private const float Patience = 60_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private IPlaywright? _driver;
    private IBrowser? _browser;

    /// <summary>Why it cannot be started here, or null.</summary>
    public static string? Missing { get; } = File.Exists(Path) ? null : $"{Path} is not installed";

    public async Task InitializeAsync()
    {
        // A class is set up even where each of its tests is skipped.
        if (Missing is null)
        {
            // A machine that is busy is slow, and nothing is measured here.
            Assertions.SetDefaultExpectTimeout(Patience);
            _driver = await Playwright.CreateAsync();
            _browser = await _driver.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Flags, Timeout = Patience });
        }
    }

    public async Task DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _driver?.Dispose();
    }

    /// <summary>Opens an address; what the page complains of is added to <paramref name="complaints"/>.</summary>
    public async Task<IPage> OpenAsync(
        Uri address, List<string> complaints, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 }, IsMobile = width < 600, ColorScheme = scheme,
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, problem) => complaints.Add(problem);
        await page.GotoAsync(address.ToString());
        return page;
    }
}
