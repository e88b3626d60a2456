using System.Text;

namespace MlOpsBuild.Engine.Output;

/// <summary>A plan as a Mermaid flowchart: solid boxes would run, rounded ones are restored, dashed ones skipped.</summary>
internal static class PlanMermaid
{
    public static string Of(IReadOnlyList<PlanRow> rows)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var row in rows)
        {
            var label = string.Join(
                "<br/>", row.Steps.Prepend(row.Skipped == null ? row.Name : $"{row.Name}: skipped, {row.Skipped}").Select(Escaped));
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"  {row.Name}{(row.WouldRun || row.Skipped != null ? $"[\"{label}\"]" : $"([\"{label}\"])")}{(row.Skipped != null ? ":::skipped" : "")}\n");
            foreach (var before in row.WaitsFor)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {before} --> {row.Name}\n");
            }
        }

        return text.Append("  classDef skipped stroke-dasharray: 5 5").ToString();
    }

    // Mermaid reads # codes; a quote would end the label, an angle bracket begin markup.
    private static string Escaped(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(letter => letter switch
    {
        '"' => "#quot;",
        '<' => "#lt;",
        '>' => "#gt;",
        '#' => "#35;",
        _ => letter.ToString(),
    }));
}
