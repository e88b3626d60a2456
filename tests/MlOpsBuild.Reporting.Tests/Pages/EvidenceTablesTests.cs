using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Slices;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Pages.Tests;

/// <summary>Where a candidate is weak, and how far it treats groups apart, as a reviewer reads it.</summary>
public sealed class EvidenceTablesTests
{
    private static readonly FoundSlice Weak = new(
        [new("season", "4", null, null), new("hr", null, 12, 18)], 188, 0.2549, 0.0268, "RMSE", 95.91, 64.52)
    {
        Champion = 118.6, Difference = new(-55.6, 7.319, 0.95),
    };

    private static readonly FairnessOutcome Apart = new(
        "sex", FairnessRate.TruePositive, [new("f", 1200, 0.751, new(0.72, 0.78, 0.95)), new("m", 900, 0.6, null)], 0.151,
        new(0.08, 0.22, 0.95), ["x (3 rows)"]);

    [Fact]
    public void A_weak_slice_is_told_with_its_rows_its_size_and_the_champion() =>
        WeakSliceTable.Of([Weak]).Rows.ShouldHaveSingleItem().ShouldBe(
            ["season = 4 and 12 ≤ hr < 18", "188", "RMSE", "95.9", "64.5", "0.25", "0.027", "−22.7 [−55.6, +7.319]"]);

    [Fact]
    public void Without_a_champion_there_is_nothing_to_compare_and_no_chance_is_none()
    {
        var row = WeakSliceTable.Of([Weak with { Champion = null, Difference = null, Probability = 0.0000004 }]).Rows[0];

        (row[^1], row[^2]).ShouldBe(("–", "< 0.001"));
        WeakSliceTable.Of([]).Any.ShouldBeFalse();
    }

    [Fact]
    public void Answers_stand_beside_the_champion_s_where_there_is_one()
    {
        ShownCase shown = new(3, "a crash", "technical", 0.5, "other") { ChampionScore = 1, ChampionAnswer = "technical" };

        AnswerTable.Of(new(40, 3, 0, [shown])).Rows.ShouldHaveSingleItem()
            .ShouldBe(["3", "a crash", "technical", "0.500", "1.000", "other", "technical"]);
        AnswerTable.Of(new(40, 3, 0, [shown with { ChampionScore = null, ChampionAnswer = null, Expected = null }])).Rows[0]
            .ShouldBe(["3", "a crash", "", "0.500", "other"]);
        AnswerTable.Of(null).Any.ShouldBeFalse();
    }

    [Fact]
    public void What_was_asked_is_told_with_what_is_missing_of_it()
    {
        AnswerTable.Line(new(1200, 3, 0, [])).ShouldBe("1,200 cases, each asked 3 times");
        AnswerTable.Line(new(40, 1, 2, []) { Hidden = true }).ShouldBe(
            "40 cases, each asked once; 2 answers were cut at the most tokens they may have; answers are not shown, since cases hold personal data");
        AnswerTable.Line(null).ShouldBeNull();
    }

    [Fact]
    public void Groups_are_told_with_their_rates_and_the_gap_between_them() =>
        FairnessTable.Of([Apart]).Rows.ShouldHaveSingleItem().ShouldBe(
        [
            "sex", "true positive", "f 0.751 [0.720, 0.780] of 1,200; m 0.600 of 900; x (3 rows): too few", "0.151 [0.080, 0.220]", "0.799",
        ]);

    [Fact]
    public void A_gap_that_nobody_can_tell_is_a_dash()
    {
        var row = FairnessTable.Of([Apart with { Gap = double.NaN, Interval = null, Groups = [Apart.Groups[0]] }]).Rows[0];

        (row[3], row[4]).ShouldBe(("–", "–"));
    }

    /// <summary>Whoever asks a language model is told anything.</summary>
    [Fact]
    public void Answers_stand_in_the_report_and_do_nothing_there()
    {
        var report = ReportComposer.Compose(Example.Input with
        {
            Evidence = Example.Evidence with
            {
                Answers = new(40, 3, 0, [new(3, "a | b", "yes", 0.5, "<img src=x onerror=alert(1)> @everyone [x](javascript:1)")]),
            },
        });

        SummaryOf.Report(report).Single(line => line.What == "Answers").Text.ShouldBe("40 cases, each asked 3 times");
        var (html, markdown) = (ReportWriter.Default.Html(report), ReportWriter.Default.Markdown(report));
        html.ShouldContain("<h2>Answers</h2>");
        html.ShouldNotContain("<img src=x");
        markdown.ShouldNotContain("<img src=x");
        markdown.Contains("[x](", StringComparison.Ordinal).ShouldBeFalse();
        markdown.Contains("@everyone", StringComparison.Ordinal).ShouldBeFalse();
        markdown.ShouldContain("| 3 | a \\| b | yes | 0.500 |");
    }

    [Fact]
    public void Both_stand_in_the_report_and_in_its_summary()
    {
        var report = ReportComposer.Compose(Example.Input with
        {
            Evidence = Example.Evidence with { WeakSlices = [Weak with { Conditions = [Weak.Conditions[0]] }], Fairness = [Apart] },
        });

        var summary = SummaryOf.Report(report).ToDictionary(line => line.What, line => line.Text);

        summary["Weak where"].ShouldBe("season = 4 (RMSE 95.9, elsewhere 64.5, 188 rows)");
        summary["Groups"].ShouldBe("true positive rate by sex 0.151 apart [0.080, 0.220]");
        var (html, markdown) = (ReportWriter.Default.Html(report), ReportWriter.Default.Markdown(report));
        html.ShouldContain("<h2>Weak where</h2>");
        html.ShouldContain("<h2>Groups</h2>");
        markdown.ShouldContain("| season = 4 | 188 | RMSE |");
        markdown.ShouldContain("| sex | true positive |");
    }

    /// <summary>Not even a column's name says anything where it is not known to be shown.</summary>
    [Fact]
    public void A_slice_of_a_column_that_may_not_be_shown_is_not() =>
        ReportComposer.Compose(Example.Input with
        {
            Evidence = Example.Evidence with { WeakSlices = [Weak with { Conditions = [Weak.Conditions[0], new("age", null, 60, null)] }] },
        }).WeakSlices.ShouldBeEmpty();

    [Fact]
    public void Many_slices_are_summed_up()
    {
        var report = ReportComposer.Compose(Example.Input with
        {
            Evidence = Example.Evidence with
            {
                WeakSlices = [.. Enumerable.Range(0, 5).Select(_ => Weak with { Conditions = [Weak.Conditions[0]] })],
            },
        });

        SummaryOf.Report(report).Single(line => line.What == "Weak where").Text.ShouldEndWith("; 2 more");
    }
}
