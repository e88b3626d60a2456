namespace MlOpsBuild.Modeling.Statistics.Tests;

/// <summary>Binomial probabilities by direct summation, independent of the library under test.</summary>
internal static class Binomial
{
    public static double Probability(int events, int trials, double rate)
    {
        var log = 0.0;
        for (var i = 1; i <= events; i++)
        {
            log += Math.Log((trials - events + i) / (double)i);
        }

        return Math.Exp(log + (events * Math.Log(rate)) + ((trials - events) * Math.Log(1 - rate)));
    }

    /// <summary>P(at most <paramref name="events"/>).</summary>
    public static double AtMost(int events, int trials, double rate) =>
        Enumerable.Range(0, events + 1).Sum(count => Probability(count, trials, rate));

    /// <summary>The smallest count that is exceeded with probability below <paramref name="alpha"/>.</summary>
    public static int Quantile(int trials, double rate, double alpha) =>
        Enumerable.Range(0, trials + 1).First(count => 1 - AtMost(count, trials, rate) < alpha);
}
