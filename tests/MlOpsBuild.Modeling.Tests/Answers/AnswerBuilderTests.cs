using MlOpsBuild.Scoring.Answers;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class AnswerBuilderTests
{
    [Fact]
    public void Scorers_are_kept_as_they_were_declared()
    {
        var answers = Triage.Specify(answer: a => a.Exact(ignoreCase: true).Contains("sorry").Contains().Matches("^[a-z]+$")
            .Schema("team.schema.json").Judge("judges/tone.md", Triage.Endpoint).Repeats(5)).Answers!;

        answers.Texts.ShouldBe([new ExactAnswer(true), new ContainedAnswer("sorry"), new ContainedAnswer(), new MatchedAnswer("^[a-z]+$")]);
        answers.Schemas.ShouldBe(["team.schema.json"]);
        answers.Judges.ShouldHaveSingleItem().Name.ShouldBe("judge tone");
        answers.Repeats.ShouldBe(5);
        answers.Files.ShouldBe(["team.schema.json", "judges/tone.md"]);
    }

    [Fact]
    public void What_texts_alone_can_score_is_rated_where_it_is_served_and_nothing_else()
    {
        Triage.Specify(answer: a => a.Exact().Contains("x")).Answers!.Rating!.Scorers.Count.ShouldBe(2);
        Triage.Specify(answer: a => a.Exact().Schema("s.json")).Answers!.Rating.ShouldBeNull();
        Triage.Specify(answer: a => a.Exact().Judge("j.md", Triage.Endpoint)).Answers!.Rating.ShouldBeNull();
        Triage.Specify(answer: a => a.Schema("s.json")).Answers!.Rating.ShouldBeNull();
    }
}
