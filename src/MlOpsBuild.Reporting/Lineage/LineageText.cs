using System.Text;

namespace MlOpsBuild.Reporting.Lineage;

/// <summary>A lineage as an indented tree.</summary>
public static class LineageText
{
    /// <summary>One line per step, its facts below it.</summary>
    public static string Render(LineageStep step)
    {
        var text = new StringBuilder();
        Write(text, step, "", "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, LineageStep step, string first, string rest)
    {
        text.Append(first).Append(step.Kind).Append(' ').Append(Line(step.Name)).Append('\n');
        var inner = step.From.Count > 0 ? rest + "│ " : rest + "  ";
        foreach (var (name, value) in step.Facts)
        {
            text.Append(inner).Append("  ").Append(Line(name)).Append(": ").Append(Line(value)).Append('\n');
        }

        foreach (var (index, source) in step.From.Index())
        {
            var last = index == step.From.Count - 1;
            Write(text, source, rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
        }
    }

    private static string Line(string value) => value.ReplaceLineEndings(" ");
}
