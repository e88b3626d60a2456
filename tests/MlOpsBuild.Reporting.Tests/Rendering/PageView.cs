using System.Globalization;
using Microsoft.Playwright;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Width">The screen's width in CSS pixels.</param>
/// <param name="Height">The screen's height.</param>
/// <param name="Scheme">What the reader prefers.</param>
internal sealed record PageView(int Width, int Height, ColorScheme Scheme)
{
    public static PageView Phone { get; } = new(375, 812, ColorScheme.Light);

    public static PageView Desk { get; } = new(1440, 900, ColorScheme.Light);

    public static IReadOnlyList<PageView> All { get; } =
    [
        Phone, Phone with { Scheme = ColorScheme.Dark }, Desk, Desk with { Scheme = ColorScheme.Dark }
    ];

    /// <summary>The smallest letters that are still read on it, in CSS pixels.</summary>
    public int SmallestText => IsPhone ? 10 : 0;

    private bool IsPhone => Width < 600;

    public BrowserNewContextOptions ToOptions(bool scripts) => new()
    {
        ViewportSize = new() { Width = Width, Height = Height },
        IsMobile = IsPhone,
        JavaScriptEnabled = scripts,
        ServiceWorkers = ServiceWorkerPolicy.Block,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height} {Scheme}").ToLowerInvariant();
}
