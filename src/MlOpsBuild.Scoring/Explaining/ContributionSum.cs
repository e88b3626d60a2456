using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring.Explaining;

/// <summary>Columns of a design row → the inputs that they are made of.</summary>
internal static class ContributionSum
{
    /// <summary>The explanation of a score whose design columns add <paramref name="columns"/>.</summary>
    /// <param name="transform">What made the design row.</param>
    /// <param name="columns">What each of its columns adds.</param>
    /// <param name="unit">Unit of the score.</param>
    /// <param name="name">The class that is scored; null for numbers.</param>
    /// <param name="score">The score that is served, which the sum is brought to: what single precision rounds off is in the base.</param>
    public static Explanation Of(FeatureTransform transform, ReadOnlySpan<double> columns, string unit, string? name, double score)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        var start = 0;
        foreach (var term in transform.Terms)
        {
            var sum = sums.GetValueOrDefault(term.Name);
            foreach (var column in columns.Slice(start, term.Width))
            {
                sum += column;
            }

            sums[term.Name] = sum;
            start += term.Width;
        }

        Contribution[] parts =
        [
            .. sums.Select(pair => new Contribution(pair.Key, pair.Value))
                .OrderByDescending(part => Math.Abs(part.Value)).ThenBy(part => part.Column, StringComparer.Ordinal),
        ];
        return new(name, unit, score - parts.Sum(part => part.Value), parts);
    }
}
