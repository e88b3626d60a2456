using Microsoft.Playwright;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>Shows one page after the other, each as all its server has; whatever else a page asks for is refused and noted.</summary>
public sealed class Tab
{
    private const string Address = "http://report.test/report.html";
    private readonly List<string> _complaints = [];
    private string _html = "";

    private Tab(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>What the page and the browser complained about, and what the page wanted from elsewhere.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public static async Task<Tab> OpenAsync(IBrowser browser, BrowserNewContextOptions options)
    {
        var context = await browser.NewContextAsync(options);
        var tab = new Tab(await context.NewPageAsync());
        await tab.ListenAsync();
        return tab;
    }

    public async Task LoadAsync(string html, ColorScheme scheme)
    {
        _html = html;
        _complaints.Clear();
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Page.GotoAsync(Address);
    }

    /// <summary>What a reader sees, line by line.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync() =>
        [.. (await Page.EvaluateAsync<string>("() => document.body.innerText"))
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)];

    private async Task ListenAsync()
    {
        Page.Console += (_, message) => Complain(message.Type is "error" or "warning", $"console: {message.Type}: {message.Text}");
        Page.PageError += (_, error) => Complain(true, $"page error: {error}");
        Page.Request += (_, request) => Complain(request.Url != Address, $"network: the page asks for {request.Url}");
        Page.WebSocket += (_, socket) => Complain(true, $"network: the page asks for {socket.Url}");
        Page.Popup += (_, popup) => Complain(true, $"page: it opens {popup.Url}");
        Page.Dialog += async (_, dialog) =>
        {
            Complain(true, $"page: it interrupts the reader: {dialog.Message}");
            await dialog.DismissAsync();
        };
        await Page.RouteAsync("**/*", route => route.Request.Url == Address
            ? route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = _html })
            : route.AbortAsync());
    }

    private void Complain(bool reason, string text)
    {
        if (reason)
        {
            _complaints.Add(text);
        }
    }
}
