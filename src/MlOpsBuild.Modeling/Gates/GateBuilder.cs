using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>Declares the gates of one metric.</summary>
public sealed class GateBuilder
{
    internal GateBuilder(Metric metric) => Spec = new() { Metric = metric };

    internal GateSpec Spec { get; private set; }

    /// <summary>The candidate's value must not be above <paramref name="bound"/>, with the whole interval; of a bias, its size.</summary>
    public GateBuilder AtMost(double bound) => Bounded(bound, Direction.LowerIsBetter, "AtLeast");

    /// <summary>The candidate's value must not be below <paramref name="bound"/>, with the whole interval.</summary>
    public GateBuilder AtLeast(double bound) => Bounded(bound, Direction.HigherIsBetter, "AtMost");

    /// <summary>The candidate must be better than a baseline.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="forCertain">
    /// True: the whole interval must lie on the better side. False: a better point estimate is enough as long as the interval does
    /// not rule it out; for hold-outs too short to separate a modest model from the baseline.
    /// </param>
    public GateBuilder Beats(Baseline baseline, bool forCertain = true) =>
        With(Spec with { Baseline = baseline, BaselineForCertain = forCertain });

    /// <summary>
    /// The candidate must not be worse than the champion by more than <paramref name="margin"/> of the champion's value, with the
    /// whole interval on that side. Policy without evidence either way: within the margin it may go on to the canary; an interval
    /// that reaches over the margin is inconclusive and nothing is deployed.
    /// </summary>
    public GateBuilder NotWorseThanChampion(double margin) => With(Spec with { ChampionMargin = margin });

    // A bound on the wrong side would be kept by every bad model.
    private GateBuilder Bounded(double bound, Direction direction, string other) => Spec.Metric.Direction == direction
        ? With(Spec with { Bound = bound })
        : throw new UsageException(new Finding(
            "MLB2007", "The bound is on the wrong side", $"gate on {Spec.Metric.Name}",
            bound.ToString(System.Globalization.CultureInfo.InvariantCulture), $".{other}(…)",
            $"{Spec.Metric.Name} is better the {(direction == Direction.LowerIsBetter ? "larger" : "smaller")} it is"));

    private GateBuilder With(GateSpec spec)
    {
        Spec = spec;
        return this;
    }
}
