using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed class MarkdownReportTests
{
    public static TheoryData<string> Texts => ["plain", "<script>|@here", Example.Hostile, "a\\|b", "line\r\nbreak", "trailing\\"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_table_breaks_whatever_columns_and_names_are_called(string text)
    {
        var tables = Tables(ReportWriter.Default.Markdown(ReportComposer.Compose(Example.With(text)))).ToList();

        tables.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (var table in tables)
        {
            table.Count.ShouldBeGreaterThan(2);
            table[1].Replace("-", "", StringComparison.Ordinal)
                .Replace(":", "", StringComparison.Ordinal)
                .Trim('|')
                .Replace("|", "", StringComparison.Ordinal)
                .ShouldBeEmpty();
            table.ShouldAllBe(line => Bars(line) == Bars(table[0]), string.Join('\n', table));
        }
    }

    [Fact]
    public void Nothing_from_outside_becomes_markup_or_calls_anybody()
    {
        // What is in fences is shown as it is.
        var markdown = string.Concat(ReportWriter.Default.Markdown(ReportComposer.Compose(Example.With(Example.Hostile)))
            .Split("```")
            .Where((_, index) => index % 2 == 0));

        markdown.ShouldNotContain("<script");
        markdown.ShouldNotContain("@here");
        markdown.Replace("\\]", "", StringComparison.Ordinal).ShouldNotContain("](http");
        markdown.ShouldNotContain("*bold*");
    }

    [Fact]
    public void A_fence_ends_where_it_should_whatever_is_in_it()
    {
        var lines = ReportWriter.Default.Markdown(ReportComposer.Compose(Example.With("a\n```\n<b>out</b>"))).Split('\n');

        // Seven charts in characters, six of them as Mermaid too, and the line for a shell.
        lines.Count(line => line == "```mermaid").ShouldBe(6);
        lines.Count(line => line == "```").ShouldBe((2 * (7 + 1)) + 6);
    }

    [Fact]
    public void The_first_screen_has_verdict_answer_and_gates()
    {
        var lines = ReportWriter.Default.Markdown(ReportComposer.Compose(Example.Input)).Split('\n');

        lines[0].ShouldBe("## ✅ BikeDemand: Passed");
        lines.Take(5).ShouldContain("All 2 gates pass on 1,440 hold-out rows.");
        lines.Take(5).ShouldContain("**The same as champion v1, within the margin: RMSE 42.5 against 43.7, −1.200 \\[−2.400, +0.100\\].**");
        lines.Take(7).ShouldContain("➡️ **Next:** merge: the deployment went well, too.");
        lines.Take(12).ShouldContain(line => line.StartsWith("- **Slices:** 1 of 2 figures moved", StringComparison.Ordinal));
        lines.Take(16).ShouldContain("| gate | candidate, difference [95 %], evidence |");
        lines.ShouldContain(
            "| ✅ RMSE not worse than champion ↓ | 42.5, **−1.200 \\[−2.400, +0.100\\]** against champion v1 43.7: 42.5 against a bound of 120 |");
    }

    [Fact]
    public void Simulated_data_are_said_in_the_first_lines_and_measured_ones_are_not()
    {
        var simulated =
            ReportWriter.Default.Markdown(ReportComposer.Compose(Example.Input with { Run = Example.Run with { Simulated = true } }));

        simulated.Split('\n').Take(6).ShouldContain(line => line.Contains("**The data is simulated.**", StringComparison.Ordinal));
        ReportWriter.Default.Markdown(ReportComposer.Compose(Example.Input)).ShouldNotContain("simulated");
    }

    [Fact]
    public void A_run_without_deployment_slices_or_predictions_renders()
    {
        var markdown =
            ReportWriter.Default.Markdown(ReportComposer.Compose(new(Example.Bare, Example.Evidence with { Slices = [] }, null, null)));

        markdown.ShouldNotContain("Deployment");
        markdown.ShouldNotContain("| slice |");
        Tables(markdown).ShouldAllBe(table => table.Count > 2);
    }

    [Theory]
    [InlineData(Verdict.Failed)]
    [InlineData(Verdict.Inconclusive)]
    public void Foldable_parts_are_closed_again(Verdict verdict)
    {
        var markdown = ReportWriter.Default.Markdown(ReportComposer.Compose(Example.Judged(Example.Gate("RMSE", verdict))));

        markdown.Split("<details>").Length.ShouldBe(6);
        markdown.Split("</details>").Length.ShouldBe(6);
    }

    private static int Bars(string line)
    {
        var bars = 0;
        for (var i = 0; i < line.Length; i++)
        {
            i += line[i] == '\\' ? 1 : 0;
            bars += i < line.Length && line[i] == '|' && (i == 0 || line[i - 1] != '\\' || Escapes(line, i) % 2 == 0) ? 1 : 0;
        }

        return bars;
    }

    private static int Escapes(string line, int before)
    {
        var count = 0;
        while (before - count - 1 >= 0 && line[before - count - 1] == '\\')
        {
            count++;
        }

        return count;
    }

    private static IEnumerable<List<string>> Tables(string markdown)
    {
        var table = new List<string>();
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith('|'))
            {
                table.Add(line);
            }
            else if (table.Count > 0)
            {
                yield return table;
                table = [];
            }
        }
    }
}
