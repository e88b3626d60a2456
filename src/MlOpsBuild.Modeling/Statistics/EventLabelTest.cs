namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// Always-valid test of a ratio of bad-event rates, from the labels (canary or baseline) of bad events alone. Given a bad event,
/// its label is Bernoulli(θ(r)) with θ(r) = ρr / (ρr + 1 − ρ), whatever the common rate does over time; a mixture of likelihood
/// ratios over r is then an e-process (Lindon and Malek 2022, "Anytime-Valid Inference for Multinomial Count Data"; one-sided
/// composite form). By Ville's inequality it crosses 1/α with probability at most α, however often it is looked at.
/// </summary>
public static class EventLabelTest
{
    private const int GridSize = 40;
    private const double Nearest = 1.15;
    private const double Furthest = 64;
    private const double NearestBelow = 0.87;
    private const double FurthestBelow = 1.0 / 16;

    /// <summary>ln of the e-value against "the canary's rate is at most <paramref name="toleratedRatio"/> times the baseline's".</summary>
    public static double LogEvidenceOfHarm(IReadOnlyList<EventLabels> steps, double toleratedRatio) =>
        Mixture(steps, toleratedRatio, Nearest * toleratedRatio, Furthest * toleratedRatio);

    /// <summary>ln of the e-value against "the canary's rate is at least <paramref name="margin"/> times the baseline's".</summary>
    public static double LogEvidenceOfNoHarm(IReadOnlyList<EventLabels> steps, double margin) =>
        Mixture(steps, margin, FurthestBelow * margin, NearestBelow * margin);

    private static double Mixture(IReadOnlyList<EventLabels> steps, double reference, double from, double to)
    {
        var atReference = LogLikelihood(steps, reference);
        var ratio = Math.Pow(to / from, 1.0 / (GridSize - 1));
        var terms = new double[GridSize];
        for (var i = 0; i < GridSize; i++)
        {
            terms[i] = LogLikelihood(steps, from * Math.Pow(ratio, i)) - atReference;
        }

        var largest = terms.Max();
        return largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)) / GridSize);
    }

    private static double LogLikelihood(IReadOnlyList<EventLabels> steps, double ratio)
    {
        var sum = 0.0;
        foreach (var step in steps)
        {
            if (step.Total > 0)
            {
                var theta = step.CanaryShare * ratio / ((step.CanaryShare * ratio) + 1 - step.CanaryShare);
                sum += (step.InCanary * Math.Log(theta)) + ((step.Total - step.InCanary) * Math.Log(1 - theta));
            }
        }

        return sum;
    }
}
