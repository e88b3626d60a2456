namespace MlOpsBuild.Modeling.Statistics;

/// <summary>Evidence against a hypothesis; kept as its logarithm, and told as a number.</summary>
public static class EValue
{
    private const double LargestTold = 50;

    /// <summary>The e-value with this natural logarithm, at most e⁵⁰: nobody tells larger ones apart.</summary>
    public static double Of(double log) => Math.Exp(Math.Min(log, LargestTold));
}
