namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// Adjusts probabilities for their number, so that the chance of rejecting any true claim among them stays below a level (Holm 1979).
/// </summary>
public static class Holm
{
    /// <summary>The adjusted probabilities, in the order given: each is compared with the level for all of them together.</summary>
    public static double[] Adjust(IReadOnlyList<double> probabilities)
    {
        var adjusted = new double[probabilities.Count];
        var largest = 0.0;
        foreach (var (rank, at) in Enumerable.Range(0, probabilities.Count).OrderBy(at => probabilities[at]).Index())
        {
            largest = Math.Max(largest, Math.Min(1, probabilities[at] * (probabilities.Count - rank)));
            adjusted[at] = largest;
        }

        return adjusted;
    }
}
