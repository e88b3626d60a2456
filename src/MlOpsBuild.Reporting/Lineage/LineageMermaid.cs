using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Lineage;

/// <summary>A lineage as a Mermaid flowchart, from the version down to data, commit and parameters.</summary>
public static class LineageMermaid
{
    private const int LongestLabel = 60;

    /// <summary>The chart's text, without a fence. Labels are quoted and their special characters written as entities.</summary>
    public static string Render(LineageStep step)
    {
        var text = new StringBuilder("flowchart TD\n");
        var next = 0;
        Write(text, step, ref next);
        return text.ToString();
    }

    private static int Write(StringBuilder text, LineageStep step, ref int next)
    {
        var id = next++;
        var lines = new[] { $"{step.Kind} {step.Name}" }.Concat(step.Facts.Select(fact => $"{fact.Key}: {fact.Value}")).Select(Label);
        text.Append(CultureInfo.InvariantCulture, $"  n{id}[\"{string.Join("<br/>", lines)}\"]\n");
        foreach (var source in step.From)
        {
            var from = Write(text, source, ref next);
            text.Append(CultureInfo.InvariantCulture, $"  n{id} --> n{from}\n");
        }

        return id;
    }

    private static string Label(string line)
    {
        var end = line.Length > LongestLabel && char.IsHighSurrogate(line[LongestLabel - 1]) ? LongestLabel - 1 : LongestLabel;
        var cut = line.Length > LongestLabel ? line[..end] + "…" : line;
        return string.Concat(cut.ReplaceLineEndings(" ").Select(letter => letter switch
        {
            '"' => "#quot;",
            '<' => "#lt;",
            '>' => "#gt;",
            '#' => "#35;",
            '&' => "#amp;",
            ';' => "#59;",
            '`' => "#96;",
            '%' => "#37;",
            '{' => "#123;",
            '}' => "#125;",
            _ => letter.ToString(),
        }));
    }
}
