using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>Texts whose ratings come for different requests: nobody reads both answers to one.</summary>
public sealed class CanaryOfTextsTests
{
    private static readonly CanaryPolicy Policy = CanaryPolicy.OfAnswers;

    [Fact]
    public void The_champion_s_loss_is_what_its_scores_lack_to_1()
    {
        var reference = Reference(0.8);

        (reference.Scale, reference.UsualError, reference.GrossError).ShouldBe((1, 1, 5));
        (reference.Classes, reference.Rated).ShouldBe((null, true));
    }

    [Fact]
    public void An_equal_version_is_no_harm_and_one_that_is_wrong_most_of_the_time_is()
    {
        Compare(champion: 0.9, canary: 0.9).LogNoHarm.ShouldBeGreaterThan(Math.Log(1 / Policy.FalsePromotion));
        Compare(champion: 0.9, canary: 0.3).LogHarm.ShouldBeGreaterThan(Math.Log(1 / Policy.FalseAlarm));
    }

    [Fact]
    public void Ratings_are_compared_in_the_order_in_which_they_came_and_none_on_the_same_request()
    {
        var seen = Compare(champion: 0.9, canary: 0.7);

        seen.Rows.ShouldBe(400);
        seen.OnSameRequest.ShouldBe(0);
        seen.Candidate.ShouldBe(0.3, 0.08);
        seen.Champion.ShouldBe(0.1, 0.06);
    }

    /// <summary>Always-valid: however often one looks, and at the very edge of what is tolerated.</summary>
    [Fact]
    public void A_version_that_is_worse_by_all_of_the_allowance_is_taken_for_no_worse_in_one_of_twenty_at_most()
    {
        const int runs = 400;
        var (reference, wrongly) = (Reference(0.9), 0);
        for (var run = 0; run < runs; run++)
        {
            var (random, test) = (new SplitMix64((ulong)run), new PairedLossTest());
            for (var pair = 0; pair < 1000 && test.LogNoHarm < Math.Log(1 / Policy.FalsePromotion); pair++)
            {
                test.Add(reference.Beyond(Policy, Loss(random, 0.8), Loss(random, 0.9)));
            }

            wrongly += test.LogNoHarm >= Math.Log(1 / Policy.FalsePromotion) ? 1 : 0;
        }

        // Of a true rate of 5 % more than 33 of 400 come in one of 1,000 such tests.
        wrongly.ShouldBeLessThanOrEqualTo(33);

        static double Loss(SplitMix64 random, double right) => random.NextDouble() < right ? 0 : 1;
    }

    [Fact]
    public void A_verdict_tells_the_allowance_in_the_unit_of_ratings()
    {
        var measured = Measure(champion: 0.9, canary: 0.3);

        new CanaryJudge(Policy).Decide(measured, lastStep: true).Reason.ShouldStartWith("worse by more than 0.1: mean loss 0.6");
    }

    [Fact]
    public void What_such_a_canary_can_see_fits_its_budget()
    {
        var (reference, errors) = CanaryReference.Of(RowLoss.AbsoluteError, null, Rows(0.9));

        var plan = new CanaryForecast(Policy, reference, errors, 3).Plan(Policy.RehearsalRate);

        plan.UndecidedWhenEqual.ShouldBeLessThan(0.2);
        plan.RequestsWhenEqual.ShouldNotBeNull().ShouldBeLessThan(1500);
        plan.SmallestHarm.ShouldNotBeNull().ShouldBeGreaterThan(1, "a tenth of all ratings is as much as the champion loses");
    }

    private static CanaryReference Reference(double right) => CanaryReference.Of(RowLoss.AbsoluteError, null, Rows(right)).Reference;

    private static LossComparison Compare(double champion, double canary) => Measure(champion, canary).Loss.ShouldNotBeNull();

    private static CanaryMeasurement Measure(double champion, double canary)
    {
        var (meter, random) = (new CanaryMeter(Policy, Reference(champion)), new SplitMix64(5));
        meter.Add(new(1, 1, 0, [], [.. Enumerable.Range(0, 800).Select(request => request % 2 == 0
            ? new LabelObservation(random.NextDouble() < champion ? 1 : 0, new Prediction("a"), null)
            : new LabelObservation(random.NextDouble() < canary ? 1 : 0, null, new Prediction("b")))]));
        return meter.Read();
    }

    // What training answered, and how good it was.
    private static List<LabelledRow> Rows(double right) =>
        [.. Enumerable.Range(0, 100).Select(row => new LabelledRow([], row < 100 * right ? 1 : 0, new Prediction("a")))];
}
