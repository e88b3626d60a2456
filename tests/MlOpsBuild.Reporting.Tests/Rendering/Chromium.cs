using Microsoft.Playwright;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>One headless browser for the tests of a class: the system's own, in a profile of its own and without a network.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Path = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
    ];

    private readonly Dictionary<(int Width, bool Scripts), Tab> _tabs = [];
    private IPlaywright? _driver;
    private IBrowser? _browser;

    /// <summary>Why it cannot be started here, or null.</summary>
    public static string? Missing { get; } = File.Exists(Path) ? null : $"{Path} is not installed";

    public async Task InitializeAsync()
    {
        // A class is set up even where each of its tests is skipped.
        if (Missing is null)
        {
            _driver = await Playwright.CreateAsync();
            _browser = await _driver.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Flags, Timeout = 60_000 });
        }
    }

    public async Task DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _driver?.Dispose();
    }

    /// <summary>Shows a page. Each width keeps its tab, because opening a tab takes many times as long as loading a page.</summary>
    internal async Task<Tab> ShowAsync(string html, PageView view, bool scripts = true)
    {
        if (!_tabs.TryGetValue((view.Width, scripts), out var tab))
        {
            tab = await Tab.OpenAsync(
                _browser ?? throw new InvalidOperationException(Missing ?? "the browser has not been started"), view.ToOptions(scripts));
            _tabs.Add((view.Width, scripts), tab);
        }

        await tab.LoadAsync(html, view.Scheme);
        return tab;
    }
}
