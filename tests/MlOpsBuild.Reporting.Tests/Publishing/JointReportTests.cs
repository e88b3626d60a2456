using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>One comment on all pipelines of a build, whatever their number and the length of their reports.</summary>
public sealed class JointReportTests
{
    private const int GitHub = 65_536;
    private static readonly Uri Page = new("https://example.org/run/1");

    [Fact]
    public void The_table_comes_first_and_the_worst_first_in_it()
    {
        var text = JointReport.Of("*", [Part("B"), Part("C", Verdict.Failed), Part("A"), Part("D", Verdict.Inconclusive)]).Markdown;

        text.ShouldStartWith("## ❌ 4 pipelines: 1 failed, 1 inconclusive, 2 passed\n");
        Rows(text).Select(row => row.Split('|')[2].Trim()).ShouldBe(["C", "D", "A", "B"]);
        text.IndexOf("<details>", StringComparison.Ordinal).ShouldBeGreaterThan(text.LastIndexOf("\n| ", StringComparison.Ordinal));
        Summaries(text).ShouldBe(["❌ C: Failed", "❓ D: Inconclusive", "✅ A: Passed", "✅ B: Passed"]);
    }

    [Fact]
    public void Each_report_is_folded_whole_where_there_is_room()
    {
        var text = JointReport.Of("*", [Part("A", report: "## A\n\nall of it\n"), Part("B", report: "## B\n\nall of that\n")]).Markdown;

        text.ShouldContain("<details><summary>✅ A: Passed</summary>\n\n## A\n\nall of it\n\n</details>");
        text.ShouldContain("<details><summary>✅ B: Passed</summary>\n\n## B\n\nall of that\n\n</details>");
        text.ShouldNotContain("left out");
    }

    [Theory]
    [InlineData(2, 10)]
    [InlineData(2, 100_000)]
    [InlineData(100, 10)]
    [InlineData(100, 700)]
    [InlineData(100, 5_000)]
    [InlineData(100, 100_000)]
    [InlineData(3_000, 300)]
    public void It_fits_and_every_fold_is_closed(int count, int length)
    {
        foreach (var room in (int[])[GitHub - 200, 20_000, 4_000])
        {
            var text = JointReport.Write(
                [.. Enumerable.Range(0, count)
                    .Select(number => Part(Name(number), number % 10 == 1 ? Verdict.Failed : Verdict.Passed, Long(length)))],
                room, Page);

            text.Length.ShouldBeLessThanOrEqualTo(room);
            Count(text, "<details>").ShouldBe(Count(text, "</details>"));
            Rows(text)[0].ShouldContain(Name(1));
        }
    }

    [Fact]
    public void A_hundred_pipelines_are_all_in_the_table_and_the_worst_reports_are_shown()
    {
        var text = JointReport.Write(
            [.. Enumerable.Range(0, 100)
                .Select(number => Part(Name(number), number % 50 == 7 ? Verdict.Error : Verdict.Passed, Long(6_000)))],
            GitHub, Page);

        Rows(text).Count.ShouldBe(100);
        Summaries(text)[..2].ShouldBe(["⚠️ P007: Error", "⚠️ P057: Error"]);
        text.ShouldContain("reports are left out here; [the run](https://example.org/run/1) has them");
        (Summaries(text).Count + int.Parse(
            text[(text.LastIndexOf('*', text.LastIndexOf(" reports are left out", StringComparison.Ordinal)) + 1)..].Split(' ')[0],
            CultureInfo.InvariantCulture)).ShouldBe(100);
    }

    [Fact]
    public void A_table_that_is_too_long_says_how_many_are_not_in_it()
    {
        var text = JointReport.Write([.. Enumerable.Range(0, 3_000).Select(number => Part(Name(number)))], GitHub, null);

        var shown = Rows(text).Count;
        shown.ShouldBeInRange(500, 2_999);
        text.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"{3_000 - shown:N0} more pipelines are left out of the table."));
        text.ShouldContain("the report files of the run have them");
    }

    [Fact]
    public void Words_of_a_stranger_stay_words_in_the_table()
    {
        var stranger = Part("A") with { Answer = "a | b\n<img src=x> @here [click](http://evil.example)" };

        var text = JointReport.Of("*", [stranger, Part("B")]).Markdown;

        var row = Rows(text)[0];
        row.ShouldNotContain("<img");
        row.ShouldNotContain("[click](");
        row.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|').ShouldBe(5);
    }

    [Fact]
    public void A_long_answer_is_cut_in_the_table_and_whole_in_the_report()
    {
        var answer = string.Concat(Enumerable.Repeat("because ", 100));

        var text = JointReport.Of("*", [Part("A", report: answer) with { Answer = answer }, Part("B")]).Markdown;

        Rows(text)[0].Length.ShouldBeLessThan(300);
        text.ShouldContain(answer.TrimEnd());
    }

    [Fact]
    public async Task One_comment_stands_for_all_and_each_has_a_state_beside_the_commit()
    {
        using var run = new PublishingRun();
        await run.PublishAsync(change: publication => publication with { IsPart = true });

        var lines = await run.PublishAsync(change: publication => JointReport.Of("*", [publication, Part("Other", Verdict.Failed)]));

        run.GitHub.Comments.ShouldHaveSingleItem().Body.ShouldStartWith("## ❌ 2 pipelines: 1 failed, 1 passed");
        run.GitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("mlops/Demand");
        lines.Select(line => line.Way).ShouldBe(["step summary", "comment"]);
        (await File.ReadAllTextAsync(run.SummaryFile)).ShouldStartWith("## ❌ 2 pipelines");
    }

    [Fact]
    public async Task The_next_run_changes_that_comment_and_makes_no_other()
    {
        using var run = new PublishingRun();
        await run.PublishAsync(change: publication => JointReport.Of("*", [publication, Part("Other", Verdict.Failed)]));

        await run.PublishAsync(context: run.Context(11), change: publication => JointReport.Of("*", [publication]));

        run.GitHub.Comments.ShouldHaveSingleItem().Body.ShouldStartWith("## ✅ 1 pipelines: 1 passed");
    }

    [Fact]
    public async Task A_comment_on_a_hundred_long_reports_is_taken_by_the_host()
    {
        using var run = new PublishingRun();

        await run.PublishAsync(
            change: _ => JointReport.Of("*", [.. Enumerable.Range(0, 100).Select(number => Part(Name(number), report: Long(30_000)))]));

        run.GitHub.Comments.ShouldHaveSingleItem().Body.Length.ShouldBeInRange(50_000, GitHub);
    }

    private static Publication Part(string pipeline, Verdict verdict = Verdict.Passed, string report = "the report\n") =>
        new(pipeline, verdict, $"What {pipeline} says.", report);

    // As reports are: a first screen, and folded sections.
    private static string Long(int length) =>
        $"## the report\n\n{new string('x', Math.Min(length, 500))}\n"
            + string.Concat(Enumerable.Range(0, length / 1_000)
                .Select(section => $"\n<details><summary>{section}</summary>\n\n{new string('y', 900)}\n\n</details>\n"));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"P{number:000}");

    private static List<string> Rows(string text) =>
        [.. text.Split('\n').TakeWhile(line => !line.StartsWith("<details>", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| |", StringComparison.Ordinal))];

    private static List<string> Summaries(string text) =>
        [.. text.Split('\n')
            .Where(line => line.StartsWith("<details><summary>", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))
            .Select(line => line["<details><summary>".Length..^"</summary>".Length])];

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
