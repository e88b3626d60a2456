using MathNet.Numerics;

namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// Always-valid bounds of a rate: a rate p is ruled out once the Beta(½, ½) mixture beats it by 1/α (the beta-binomial mixture of
/// Robbins 1970). Unlike an exact bound computed afresh at each look, the bound errs with probability at most α over all looks together.
/// </summary>
public static class RateBound
{
    private const double Prior = 0.5;
    private const int Halvings = 100;

    /// <summary>Every rate above this is ruled out; 1 without requests.</summary>
    /// <param name="events">Events among the requests.</param>
    /// <param name="requests">Requests.</param>
    /// <param name="alpha">Probability of ever being wrong, in (0, 1).</param>
    public static double Upper(int events, int requests, double alpha) => requests == 0 ? 1 : Edge(events, requests, alpha, 1);

    /// <summary>Every rate below this is ruled out; 0 without events.</summary>
    /// <inheritdoc cref="Upper" />
    public static double Lower(int events, int requests, double alpha) => events == 0 ? 0 : Edge(events, requests, alpha, 0);

    /// <summary>ln of the evidence against the rate <paramref name="rate"/>.</summary>
    /// <param name="events">Events among the requests.</param>
    /// <param name="requests">Requests.</param>
    /// <param name="rate">The rate, in (0, 1).</param>
    public static double LogEvidence(int events, int requests, double rate) =>
        SpecialFunctions.BetaLn(Prior + events, Prior + requests - events) - SpecialFunctions.BetaLn(Prior, Prior)
        - (events == 0 ? 0 : events * Math.Log(rate)) - (requests == events ? 0 : (requests - events) * Math.Log(1 - rate));

    // The evidence falls towards the observed rate from either side, so that the edge is found by halving.
    private static double Edge(int events, int requests, double alpha, double outside)
    {
        var (kept, ruledOut, needed) = ((double)events / requests, outside, Math.Log(1 / alpha));
        if (kept == outside || LogEvidence(events, requests, outside) < needed)
        {
            return outside;
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (kept + ruledOut) / 2;
            (kept, ruledOut) = LogEvidence(events, requests, middle) >= needed ? (kept, middle) : (middle, ruledOut);
        }

        return ruledOut;
    }
}
