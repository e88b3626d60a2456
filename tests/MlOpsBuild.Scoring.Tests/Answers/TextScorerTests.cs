using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Answers.Tests;

public sealed class TextScorerTests
{
    [Theory]
    [InlineData(" Paris\n", "Paris", false, 1)]
    [InlineData("paris", "Paris", false, 0)]
    [InlineData("paris", "Paris", true, 1)]
    [InlineData("Paris.", "Paris", false, 0)]
    [InlineData("", "", false, 1)]
    [InlineData("Paris", null, false, 0)]
    public void An_exact_answer_says_what_is_expected_and_nothing_else(string answer, string? expected, bool ignores, double score) =>
        new ExactAnswer(ignores).Score(answer, expected).ShouldBe(score);

    [Theory]
    [InlineData(null, "It is Paris.", "Paris", false, 1)]
    [InlineData(null, "It is PARIS.", "Paris", false, 0)]
    [InlineData(null, "It is PARIS.", " Paris ", true, 1)]
    [InlineData(null, "It is Paris.", null, false, 0)]
    [InlineData("sorry", "I am sorry", "Paris", false, 1)]
    [InlineData("sorry", "I am Paris", "Paris", false, 0)]
    public void A_text_is_looked_for_in_the_answer(string? text, string answer, string? expected, bool ignores, double score) =>
        new ContainedAnswer(text, ignores).Score(answer, expected).ShouldBe(score);

    [Theory]
    [InlineData("^[0-9]{4}$", "1789", 1)]
    [InlineData("^[0-9]{4}$", "in 1789", 0)]
    [InlineData("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", 0)]
    public void A_pattern_is_looked_for_in_time_that_grows_with_the_answer_alone(string pattern, string answer, double score) =>
        new MatchedAnswer(pattern).Score(answer, null).ShouldBe(score);

    [Fact]
    public void A_rating_is_the_mean_of_its_scorers_and_none_where_one_has_nothing_to_compare_with()
    {
        var rating = new AnswerRating([new ExactAnswer(), new MatchedAnswer("[a-z]")]);

        rating.Of("Yes", "Yes").ShouldBe(1);
        rating.Of("yes", "Yes").ShouldBe(0.5);
        rating.Of("yes", null).ShouldBeNull();
        new AnswerRating([new MatchedAnswer("[a-z]"), new ContainedAnswer("no")]).Of("yes", null).ShouldBe(0.5);
    }

    [Fact]
    public void Scorers_come_back_from_a_file_as_they_were()
    {
        AnswerRating rating = new([new ExactAnswer(true), new ContainedAnswer("x"), new MatchedAnswer("^y")]);

        CanonicalJson.Deserialize<AnswerRating>(CanonicalJson.Serialize(rating)).Scorers.ShouldBe(rating.Scorers);
        rating.Scorers.Select(scorer => scorer.Name).ShouldBe(["exact", "contains x", "regex ^y"]);
    }
}
