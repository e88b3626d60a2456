using System.Text.Json.Nodes;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class AnswerComparisonTests
{
    [Fact]
    public void Cases_that_changed_most_are_shown_losses_first_each_with_the_answer_that_tells()
    {
        var outcome = AnswerComparison.Of(
            [Case("same", 0.5), Case("worse", 0.2), Case("better", 0.9), Case("much worse", 0)],
            [Case("same", 0.5), Case("worse", 0.6), Case("better", 0.4), Case("much worse", 1)], [], "Expected");

        outcome.Shown.Select(shown => (shown.Number, shown.Asked, shown.Score, shown.ChampionScore))
            .ShouldBe([(4, "much worse", 0, 1), (2, "worse", 0.2, 0.6), (3, "better", 0.9, 0.4)]);
        (outcome.Shown[1].Answer, outcome.Shown[1].ChampionAnswer).ShouldBe(("bad worse", "good worse"));
        (outcome.Shown[2].Answer, outcome.Shown[2].ChampionAnswer).ShouldBe(("good better", "bad better"));
        (outcome.Cases, outcome.Repeats, outcome.Cut, outcome.Hidden).ShouldBe((4, 2, 0, false));
    }

    [Fact]
    public void Without_a_champion_the_lowest_scores_are_shown_and_none_that_is_whole()
    {
        var outcome = AnswerComparison.Of(
            [.. Enumerable.Range(0, 14).Select(place => Case($"{place}", Math.Min(1, place / 12.0)))], null, [], "Expected");

        outcome.Shown.Select(shown => shown.Asked).ShouldBe(Enumerable.Range(0, 10).Select(place => $"{place}"));
        outcome.Shown.ShouldAllBe(shown => shown.ChampionScore == null && shown.ChampionAnswer == null);
    }

    [Fact]
    public void Where_a_case_holds_personal_data_only_scores_are_shown()
    {
        var outcome = AnswerComparison.Of([Case("Ann owes 5", 0.5)], [Case("Ann owes 5", 1)], ["Text"], "Expected");

        outcome.Hidden.ShouldBeTrue();
        outcome.Shown.ShouldHaveSingleItem().ShouldBe(new(1, "", null, 0.5, "") { ChampionScore = 1 });
    }

    /// <summary>The candidate's prompt may read less than the champion's: what that repeats is shown no more.</summary>
    [Fact]
    public void Nor_is_anything_shown_where_only_the_champion_was_told_personal_data_or_what_is_expected_is_some()
    {
        var champion = Case("x", 1) with { Features = new JsonObject { ["Sender"] = "Ann" } };

        AnswerComparison.Of([Case("x", 0.5)], [champion], ["Sender"], "Expected").Hidden.ShouldBeTrue();
        AnswerComparison.Of([Case("x", 0.5)], [Case("x", 1)], ["Expected"], "Expected").Shown.ShouldHaveSingleItem()
            .Expected.ShouldBeNull();
    }

    [Fact]
    public void Texts_stand_on_one_line_and_are_cut() =>
        AnswerComparison.Of([Case("two\n\n lines " + new string('x', 400), 0)], null, [], "Expected").Shown[0].Asked
            .ShouldBe("two lines " + new string('x', 290) + "…");

    [Fact]
    public void What_an_answer_would_tell_a_terminal_is_not_shown() =>
        AnswerComparison.Of([Case("a\u001b[31mred\u0007\u202Eback", 0)], null, [], "Expected").Shown[0].Asked.ShouldBe("a [31mred back");

    [Fact]
    public void A_champion_of_other_cases_is_not_beside_them() =>
        AnswerComparison.Of([Case("a", 0.5)], [Case("a", 1), Case("b", 1)], [], "Expected").Shown.ShouldHaveSingleItem()
            .ChampionScore.ShouldBeNull();

    // Two answers whose mean is the score.
    private static AnsweredCase Case(string text, double score)
    {
        var apart = Math.Min(score, 1 - score);
        return new(
            new JsonObject { ["Text"] = text }, "expected",
            [
                new($"bad {text}", new Dictionary<string, double> { ["exact"] = score - apart }, 5, null),
                new($"good {text}", new Dictionary<string, double> { ["exact"] = score + apart }, 5, null),
            ]);
    }
}
