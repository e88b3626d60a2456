using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model.Tests;

/// <summary>A reviewer sees by name what a change is made of.</summary>
public sealed class ChangesSinceTests
{
    private static readonly RunRecord Then = Example.Run with
    {
        Features = ["values of Hour", "Temperature"], Trainer = "linear l2=1", Rows = 17_000,
        Parameters = new SortedDictionary<string, string> { ["l2"] = "1", ["old"] = "x" },
    };

    [Fact]
    public void Features_parameters_data_and_code_are_named()
    {
        var now = Then with
        {
            Features = ["values of Hour", "trend of Day"], Trainer = "linear l2=3", Rows = 17_379, Data = Digest.Of("newer"),
            Parameters = new SortedDictionary<string, string> { ["l2"] = "3", ["new"] = "y" },
        };

        ChangesSince.Of(now, Then, ["src/a.cs", "pipelines/BikeDemand.cs"]).ShouldBe(
        [
            "features + trend of Day, − Temperature", "parameters l2 1 → 3, new=y (new), old (gone)", "data (+379 rows)",
            "code pipelines/BikeDemand.cs, src/a.cs",
        ]);
    }

    [Fact]
    public void A_trainer_that_no_parameter_changed_is_named() =>
        ChangesSince.Of(Then with { Trainer = "fast-tree trees=60" }, Then, []).ShouldBe(["trainer linear l2=1 → fast-tree trees=60"]);

    [Fact]
    public void The_same_again_is_no_change() => ChangesSince.Of(Then, Then, []).ShouldBeEmpty();

    [Fact]
    public void What_an_older_run_did_not_record_is_not_made_up() =>
        ChangesSince.Of(Then, Then with { Features = null, Trainer = null }, []).ShouldBeEmpty();

    [Fact]
    public void Where_git_cannot_say_which_files_another_commit_is_still_told() =>
        ChangesSince.Of(Then with { Source = new("fedcba", "main") }, Then, null).ShouldBe(["code (which files is not known here)"]);

    [Fact]
    public void Many_files_are_counted() =>
        ChangesSince.Of(Then, Then, [.. Enumerable.Range(1, 9).Select(number => $"src/{number}.cs")])
            .ShouldBe(["code src/1.cs, src/2.cs, src/3.cs, src/4.cs and 5 more"]);

    [Fact]
    public void The_report_says_what_they_are_counted_from()
    {
        var report = ReportComposer.Compose(
            Example.Input with { Run = Then with { Id = "later", Rows = 17_379 }, Champion = Then, ChangedFiles = [] });

        report.ChangedSince.ShouldBe("champion v1");
        Pages.PageComposer.Of(report).First[0].ShouldBe(new("Changed", "nothing that is recorded (since champion v1)"));
    }
}
