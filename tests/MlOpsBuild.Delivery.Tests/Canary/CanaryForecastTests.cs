using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>What a canary can see is told before it begins, and is what it sees.</summary>
public sealed class CanaryForecastTests
{
    private static double[] Errors { get; } = Normal(2000, 11);

    [Fact]
    public void An_enough_budget_is_planned_without_a_warning()
    {
        var plan = Plan(new());

        plan.UndecidedWhenEqual.ShouldBeLessThan(0.05);
        plan.RequestsWhenEqual.ShouldNotBeNull().ShouldBeInRange(680, 1200);
        plan.SmallestHarm.ShouldNotBeNull().ShouldBeInRange(0.15, 0.3);
        plan.Warning().ShouldBeNull();
        plan.Describe().ShouldStartWith("what this canary can see: a loss ");
    }

    [Fact]
    public void A_budget_that_is_too_small_is_told_with_one_that_would_do()
    {
        var plan = Plan(new() { MaximumRequests = 400 });

        plan.UndecidedWhenEqual.ShouldBeGreaterThan(0.5);
        plan.EnoughBudget.ShouldNotBeNull().ShouldBeInRange(800, 3200);
        plan.Warning().ShouldNotBeNull().ShouldContain($"atMost: {plan.EnoughBudget}");
    }

    [Fact]
    public async Task The_share_of_undecided_canaries_is_what_was_foretold()
    {
        var policy = new CanaryPolicy { Steps = [50], MaximumRequests = 1000, RequestsPerStep = 100 };

        var decisions = await Trials.ManyAsync(200, seed => new(seed, 40), policy);

        var undecided = decisions.Count(decision => decision != CanaryDecision.Promote) / 200.0;
        Plan(policy).UndecidedWhenEqual.ShouldBe(undecided, 0.15);
    }

    [Fact]
    public void The_same_seed_plans_the_same() => Plan(new()).ShouldBe(Plan(new()));

    private static CanaryPlan Plan(CanaryPolicy policy) =>
        new CanaryForecast(policy, CanaryReference.Of(RowLoss.SquaredError, Errors), Errors, 3).Plan(400);

    private static double[] Normal(int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
