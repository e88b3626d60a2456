using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Baselines;

namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class MergeBaseTextTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public void Gate_table_shows_the_merge_base_and_what_the_change_makes_of_it()
    {
        var report =
            Compose(new(Commit, "main", Example.Run with { Metrics = [new("RMSE", 44.5, Direction.LowerIsBetter, 10)] }, null, null));

        PageComposer.Of(report).Gates[0].MergeBase.ShouldBe("44.5 (−2.000)");
        report.Baseline.ShouldBe(
            $"Merge base of main: {Commit[..12]}, run {Example.Run.Id}, on the same data. RMSE 44.5 there, −2.000 here.");
        ReportWriter.Default.Markdown(report).ShouldContain("RMSE 44.5 there, −2.000 here.");
        ReportWriter.Default.Html(report).ShouldContain("<th class=\"n\">merge base</th>");
    }

    [Fact]
    public void Missing_run_is_told_and_takes_no_column()
    {
        var report = Compose(new(
            Commit, "main", null, Example.Run with { Metrics = [new("RMSE", 44.5, Direction.LowerIsBetter, 10)] },
            "no test of it is known"));

        report.Baseline.ShouldBe($"Merge base of main: no test of it is known. Last on main: RMSE 44.5 (run {Example.Run.Id}).");
        ReportWriter.Default.Html(report).ShouldNotContain("<th class=\"n\">merge base</th>");
    }

    [Fact]
    public void The_last_run_on_the_branch_says_when_it_had_other_data()
    {
        var last = Example.Run with
        {
            Data = MlOpsBuild.Core.Digest.Of("older"), Metrics = [new("RMSE", 44.5, Direction.LowerIsBetter, 10)]
        };

        Compose(new(null, "main", null, last, null)).Baseline.ShouldBe($"Last on main: RMSE 44.5 (run {Example.Run.Id}, on other data).");
    }

    [Fact]
    public void Without_a_change_nothing_is_said_of_one() => Compose(ChangeBaseline.None).Baseline.ShouldBeNull();

    private static Report Compose(ChangeBaseline baseline) => ReportComposer.Compose(Example.Input with { Baseline = baseline });
}
