using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating;

/// <summary>
/// The never-falling function of what the model said that is closest to what happened, by squares (pool adjacent violators; Ayer et al.
/// 1955): between its points straight lines, as scikit-learn draws them.
/// </summary>
internal static class IsotonicFit
{
    /// <summary>The function.</summary>
    /// <param name="probabilities">What the model said.</param>
    /// <param name="happened">What happened: 1, 0, or a share.</param>
    public static ProbabilityMap Fit(IReadOnlyList<double> probabilities, IReadOnlyList<double> happened)
    {
        // Equal values have one meaning: they are one point from the start.
        var pools = new List<(double From, double To, double Sum, double Weight)>();
        foreach (var point in probabilities.Zip(happened).GroupBy(pair => pair.First).OrderBy(group => group.Key))
        {
            pools.Add((point.Key, point.Key, point.Sum(pair => pair.Second), point.Count()));
            while (pools.Count > 1 && pools[^2].Sum * pools[^1].Weight >= pools[^1].Sum * pools[^2].Weight)
            {
                var (before, last) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((before.From, last.To, before.Sum + last.Sum, before.Weight + last.Weight));
            }
        }

        // A pool is flat: its ends are enough.
        var points = pools.SelectMany(pool => pool.From < pool.To
                ? ((double At, double Means)[])[(pool.From, pool.Sum / pool.Weight), (pool.To, pool.Sum / pool.Weight)]
                : [(pool.From, pool.Sum / pool.Weight)])
            .ToList();
        return new(null, null, [.. points.Select(point => point.At)], [.. points.Select(point => point.Means)]);
    }
}
