using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Answers.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class AnswerCheckTests
{
    [Fact]
    public void Cases_are_all_held_out_and_a_canary_of_answers_asks_for_little()
    {
        var pipeline = Triage.Specify(p => p.Slice(x => x.Channel));

        pipeline.HoldOut.ShouldBe(new AllCases());
        (pipeline.Features.Count, pipeline.Target.Scored, pipeline.Target.Classes).ShouldBe((0, true, null));
        pipeline.Answers!.Repeats.ShouldBe(AnswerSpec.UsualRepeats);
        pipeline.Canary.ShouldBe(CanaryPolicy.OfAnswers);
    }

    [Fact]
    public void A_canary_of_ones_own_changes_what_is_usual_of_answers_whenever_it_is_declared() =>
        Triage.Specify(p => p.Canary(c => c.Rehearsal(perSecond: 50))).Canary.ShouldBe(CanaryPolicy.OfAnswers with { RehearsalRate = 50 });

    [Fact]
    public void What_does_not_go_with_answers_is_told_at_once()
    {
        var endpoint = Triage.Endpoint with { InputPrice = 1 };
        var failure = Should.Throw<UsageException>(() => Triage.Specify(
            p => p.HoldOut(share: 0.2)
                .Target(TargetTransform.Log1p)
                .Budget(b => b.Memory(100))
                .Gate(Metrics.Rmse, g => g.AtMost(1))
                .Gate(Metrics.Score("judge"), g => g.AtLeast(0.5))
                .Gate(Metrics.CostPerThousandAnswers, g => g.AtMost(1))
                .Gate(Metrics.TokensPerAnswer, g => g.Beats(Baseline.TrainingMean)),
            endpoint, a => a.Exact().Exact(ignoreCase: true)));

        var told = failure.Findings.Where(finding => finding.Code == "MLB2062");
        told.Select(finding => (finding.Where!.Split(", ")[1], finding.Value)).ShouldBe(
        [
            (".Gate(…)", "RMSE"), (".Answer(…)", "exact"), (".Gate(…)", "Score: judge"), (".Gate(…)", "Cost per 1,000 answers"),
            (".Gate(…)", "Tokens per answer, Beats"), (".HoldOut(…)", "declared"), (".Target(…)", "declared"),
            (".Budget(…) under load", "declared"),
        ]);
    }

    [Fact]
    public void Answers_without_a_scorer_or_of_another_trainer_are_none()
    {
        Codes(() => Triage.Specify(answer: _ => { })).ShouldBe(["MLB2062"]);
        Codes(() => Triage.Specify(p => p.Train(Trainers.Linear()))).ShouldBe(["MLB2062"]);
        Codes(() => TestPipeline.Specify(p => Numbers(p).Train(Trainers.Prompt("p.md", Triage.Endpoint)))).ShouldBe(["MLB2062"]);
        Codes(() => TestPipeline.Specify(p => Numbers(p).Gate(Metrics.MeanScore, g => g.AtLeast(1)))).ShouldBe(["MLB2062"]);

        static PipelineDefinition<TestPipeline.Row> Numbers(PipelineDefinition<TestPipeline.Row> pipeline) =>
            TestPipeline.Complete(pipeline).Features(f => f.Number(x => x.X));
    }

    [Theory]
    [InlineData("(?=x)y")]
    [InlineData("(")]
    public void A_pattern_that_takes_no_bounded_time_or_is_none_is_refused(string pattern) =>
        Codes(() => Triage.Specify(answer: a => a.Matches(pattern))).ShouldBe(["MLB2061"]);

    [Fact]
    public void Repeats_and_judges_are_checked_with_the_rest() =>
        Codes(() => Triage.Specify(answer: a => a.Exact().Repeats(0).Judge("judge.md", Triage.Endpoint with { Temperature = 3 })))
            .ShouldBe(["MLB2061", "MLB2006"]);

    private static IEnumerable<string> Codes(Action define) =>
        Should.Throw<UsageException>(define).Findings.Select(finding => finding.Code);
}
