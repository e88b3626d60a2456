using System.Text;
using Microsoft.Playwright;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>Everything that is wrong with a page: on a telephone and on a desk, in light and in dark, with and without scripts.</summary>
internal static class PageAudit
{
    private const int LargestSize = 1_000_000;

    private static readonly string Checks =
        string.Concat(((string[])["dom.js", "layout.js", "contrast.js", "accessibility.js"]).Select(Read));

    public static Task<IReadOnlyList<string>> ProblemsAsync(Chromium chromium, string html) => ProblemsAsync(chromium, html, PageView.All);

    /// <summary>The problems, each once, with the views that have it.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(Chromium chromium, string html, IReadOnlyList<PageView> views)
    {
        var found = new List<(string Problem, string View)>();
        var size = Encoding.UTF8.GetByteCount(html);
        if (size >= LargestSize)
        {
            found.Add(($"size: {size} bytes, under {LargestSize} are needed", "any view"));
        }

        foreach (var view in views)
        {
            // Another colour scheme shows no other text.
            var withoutScripts = views.First(other => other.Width == view.Width) == view;
            found.AddRange(
                (await SeenAsync(chromium, html, view, withoutScripts)).Distinct().Select(problem => (problem, view.ToString())));
        }

        return [.. found.GroupBy(entry => entry.Problem, entry => entry.View).Select(group => $"{group.Key} ({string.Join(", ", group)})")];
    }

    /// <summary>The contrast of two colours as the checks compute it.</summary>
    public static Task<double> ContrastAsync(IPage page, string one, string other) =>
        page.EvaluateAsync<double>($"([one, other]) => {{ {Checks} return contrast(colour(one), colour(other)); }}", new[] { one, other });

    private static async Task<IReadOnlyList<string>> SeenAsync(Chromium chromium, string html, PageView view, bool withoutScripts)
    {
        var tab = await chromium.ShowAsync(html, view);
        var lines = await tab.LinesAsync();
        var measured = await tab.Page.EvaluateAsync<string[]>(
            $$"""
            smallest => {
                {{Checks}}
                document.querySelectorAll('details').forEach(details => details.open = true);
                return [...layoutProblems(smallest), ...textContrastProblems(), ...lineContrastProblems(), ...accessibilityProblems()];
            }
            """,
            view.SmallestText);
        return [.. tab.Complaints, .. measured, .. withoutScripts ? await LostWithoutScriptsAsync(chromium, html, view, lines) : []];
    }

    private static async Task<IReadOnlyList<string>> LostWithoutScriptsAsync(
        Chromium chromium, string html, PageView view, IReadOnlyList<string> lines)
    {
        var tab = await chromium.ShowAsync(html, view, scripts: false);
        var plain = await tab.LinesAsync();
        return
        [
            .. tab.Complaints,
            .. lines.Except(plain).Select(line => $"scripts: seen only with them: \"{line}\""),
            .. plain.Except(lines).Select(line => $"scripts: seen only without them: \"{line}\""),
        ];
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageAudit).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly"));
        return reader.ReadToEnd();
    }
}
