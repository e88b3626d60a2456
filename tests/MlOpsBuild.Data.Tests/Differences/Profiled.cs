using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Differences.Tests;

/// <summary>Profiles of columns, made from their values.</summary>
internal static class Profiled
{
    public static ColumnProfile Column(IEnumerable<double> values, int missing = 0, string name = "x")
    {
        var sorted = values.Order().ToArray();
        return new(name, sorted.Length, missing, sorted.Average(), 0, sorted[0], sorted[^1], [], sorted.Distinct().Count()) 
        {
            Distribution = ValueDistribution.Of(sorted),
            Bins = ColumnBins.Of([.. sorted, .. Enumerable.Repeat(double.NaN, missing)], [], isCategory: false),
        };
    }

    /// <summary>The whole numbers from one to <paramref name="last"/>.</summary>
    public static IEnumerable<double> To(int last) => Enumerable.Range(1, last).Select(value => (double)value);
}
