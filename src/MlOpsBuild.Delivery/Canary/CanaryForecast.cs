using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>
/// Simulates canaries from the champion's hold-out errors. A candidate's error is the champion's on the same row, mixed with that of
/// another row so that the two correlate by 0.9 (models of one pipeline usually do by more), and stretched by the harm. Losses that do not
/// follow from an error are drawn themselves: nine in ten from the same row. Ratings of texts are those of different requests.
/// </summary>
/// <param name="policy">How it takes over.</param>
/// <param name="reference">What the champion usually does.</param>
/// <param name="drawn">The champion's errors, or its losses, on its hold-out.</param>
/// <param name="seed">Seed of the draws.</param>
public sealed class CanaryForecast(CanaryPolicy policy, CanaryReference reference, IReadOnlyList<double> drawn, long seed)
{
    private const int Runs = 200;
    private const double Correlation = 0.9;
    private const double Power = 0.9;
    private const int RunsPerBudget = 50;
    private readonly double _mean = drawn.Average();
    private readonly int _fewest = Math.Max(policy.MinimumCanaryRequests, FewestForRates(policy));
    private static readonly int[] BudgetsTried = [2, 4, 8, 16, 32, 64];
    private static readonly double[] Harms = [0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5, 9];

    /// <summary>What a canary of these requests can see.</summary>
    /// <param name="requestsPerSecond">Labelled requests expected per second.</param>
    public CanaryPlan Plan(double requestsPerSecond)
    {
        var judge = new CanaryJudge(policy);
        var equal = Equal(Runs, policy.MaximumRequests);
        var undecided = 1 - Share(equal);
        var found = Harms.Where(harm => IsHarm(harm))
            .Select(harm => (
                Harm: harm, Runs: Simulate(Runs, harm, policy.MaximumRequests, Math.Log(judge.LossBound), double.PositiveInfinity)))
            .FirstOrDefault(tried => Share(tried.Runs) >= Power);
        return new(
            requestsPerSecond, policy.MaximumRequests, policy.LossMargin, found.Runs == null ? null : found.Harm,
            found.Runs == null ? null : Median(found.Runs), undecided, Median(equal),
            undecided <= CanaryPlan.MostUndecided ? null : EnoughBudget());
    }

    private bool IsHarm(double rise) => rise > policy.LossMargin
        && (policy.LossAllowance == 0 || (rise - policy.LossMargin) * MeanLoss > policy.LossAllowance);

    private double MeanLoss => reference.Loss.FollowsFromError() ? drawn.Average(error => reference.Loss.Of(error, 0)) : _mean;

    private int? EnoughBudget() => BudgetsTried.Select(times => (int?)(times * policy.MaximumRequests))
        .FirstOrDefault(budget => 1 - Share(Equal(RunsPerBudget, budget!.Value)) <= CanaryPlan.MostUndecided);

    private List<int?> Equal(int runs, int budget) =>
        Simulate(runs, 0, budget, double.PositiveInfinity, Math.Log(1 / policy.FalsePromotion));

    // A version without any bad event needs this many answers before its rates are bounded.
    private static int FewestForRates(CanaryPolicy policy)
    {
        var requests = 1;
        while (RateBound.Upper(0, requests, policy.FalsePromotion) > policy.ToleratedRate && requests < policy.MaximumRequests)
        {
            requests = (requests * 21 / 20) + 1;
        }

        return requests;
    }

    private static double Share(List<int?> runs) => (double)runs.Count(run => run != null) / runs.Count;

    private static int? Median(List<int?> runs) => runs
        .Order(Comparer<int?>.Create((left, right) => (left ?? int.MaxValue).CompareTo(right ?? int.MaxValue)))
        .ElementAt(runs.Count / 2);

    private List<int?> Simulate(int runs, double harm, int budget, double harmBound, double enough) =>
        [.. Enumerable.Range(0, runs).Select(run => SimulateOnce(new SplitMix64((ulong)(seed + run)), harm, budget, harmBound, enough))];

    private int? SimulateOnce(SplitMix64 random, double harm, int budget, double harmBound, double enough)
    {
        if (reference.Rated)
        {
            return RateOnce(random, harm, budget, harmBound, enough);
        }

        var stretch = reference.Loss == RowLoss.SquaredError ? Math.Sqrt(1 + harm) : 1 + harm;
        var other = Math.Sqrt(1 - (Correlation * Correlation));
        var (test, mean) = (new PairedLossTest(), _mean);
        var fromError = reference.Loss.FollowsFromError();
        while (test.Rows < budget)
        {
            var theirs = drawn[random.NextInt(drawn.Count)];
            var mine = fromError
                ? reference.Loss.Of(
                    stretch * (mean + (Correlation * (theirs - mean)) + (other * (drawn[random.NextInt(drawn.Count)] - mean))), 0)
                : (1 + harm) * (random.NextDouble() < Correlation ? theirs : drawn[random.NextInt(drawn.Count)]);
            test.Add(reference.Beyond(policy, mine, fromError ? reference.Loss.Of(theirs, 0) : theirs));
            if (test.LogHarm >= harmBound || (test.LogNoHarm >= enough && test.Rows >= _fewest))
            {
                return test.Rows;
            }
        }

        return null;
    }

    // A pair is two requests; a worse version turns answers that were right into wrong ones.
    private int? RateOnce(SplitMix64 random, double harm, int budget, double harmBound, double enough)
    {
        var (test, turned) = (new PairedLossTest(), _mean < 1 ? harm * _mean / (1 - _mean) : 0);
        while (2 * (test.Rows + 1) <= budget)
        {
            var mine = drawn[random.NextInt(drawn.Count)];
            mine += random.NextDouble() < turned ? 1 - mine : 0;
            test.Add(reference.Beyond(policy, mine, drawn[random.NextInt(drawn.Count)]));
            if (test.LogHarm >= harmBound || (test.LogNoHarm >= enough && test.Rows >= _fewest))
            {
                return 2 * test.Rows;
            }
        }

        return null;
    }
}
