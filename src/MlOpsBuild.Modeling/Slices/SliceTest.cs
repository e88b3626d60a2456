using MathNet.Numerics.Distributions;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Slices;

/// <summary>Whether the mean loss of some rows is larger than that of the others.</summary>
/// <param name="losses">The loss of each row.</param>
/// <param name="blocks">Rows that depend on one another.</param>
internal sealed class SliceTest(double[] losses, Blocks blocks)
{
    /// <summary>What was found: the effect size, and a one-sided probability.</summary>
    internal readonly record struct Result(double Effect, double Probability);

    /// <summary>
    /// The test of the rows that <paramref name="holds"/> names; null where these are fewer than <paramref name="least"/>, more than half,
    /// or of too few blocks. The error of the difference of means is the sandwich over blocks (Liang and Zeger 1986).
    /// </summary>
    public Result? Of(bool[] holds, int least)
    {
        var count = holds.Count(hold => hold);
        if (count < least || count > holds.Length / 2)
        {
            return null;
        }

        var (there, elsewhere) = (Moments(holds, true), Moments(holds, false));
        var (sums, isThere) = (new double[blocks.Count], new bool[blocks.Count]);
        for (var row = 0; row < losses.Length; row++)
        {
            var block = blocks.OfRow[row];
            isThere[block] |= holds[row];
            sums[block] += holds[row]
                ? (losses[row] - there.Mean) / there.Rows
                : -(losses[row] - elsewhere.Mean) / elsewhere.Rows;
        }

        var known = isThere.Count(hold => hold);
        if (known < PairedBlockBootstrap.MinimumBlocks)
        {
            return null;
        }

        var error = Math.Sqrt(sums.Sum(sum => sum * sum) * known / (known - 1));
        var (difference, spread) = (there.Mean - elsewhere.Mean, there.Variance + elsewhere.Variance);
        return error > 0 && spread > 0
            ? new(Math.Sqrt(2) * difference / Math.Sqrt(spread), 1 - StudentT.CDF(0, 1, known - 1, difference / error))
            : null;
    }

    private (int Rows, double Mean, double Variance) Moments(bool[] holds, bool wanted)
    {
        var (rows, sum) = (0, 0.0);
        for (var row = 0; row < losses.Length; row++)
        {
            (rows, sum) = holds[row] == wanted ? (rows + 1, sum + losses[row]) : (rows, sum);
        }

        var (mean, squares) = (sum / rows, 0.0);
        for (var row = 0; row < losses.Length; row++)
        {
            squares += holds[row] == wanted ? (losses[row] - mean) * (losses[row] - mean) : 0;
        }

        return (rows, mean, squares / (rows - 1));
    }
}
