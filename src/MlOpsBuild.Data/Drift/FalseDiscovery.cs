namespace MlOpsBuild.Data.Drift;

/// <summary>
/// Adjusts probabilities for their number, so that of what is said to be found a given share is false (Benjamini and Hochberg 1995).
/// </summary>
public static class FalseDiscovery
{
    /// <summary>The adjusted probabilities, in the order given.</summary>
    public static double[] Adjust(IReadOnlyList<double> probabilities)
    {
        var adjusted = new double[probabilities.Count];
        var smallest = 1.0;
        foreach (var (rank, at) in Enumerable.Range(0, probabilities.Count)
            .OrderByDescending(at => probabilities[at])
            .Select((at, index) => (probabilities.Count - index, at)))
        {
            smallest = Math.Min(smallest, probabilities[at] * probabilities.Count / rank);
            adjusted[at] = smallest;
        }

        return adjusted;
    }
}
