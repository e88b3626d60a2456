namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Sums over rows, kept by block: a resampling adds up those of the blocks that it draws.</summary>
internal static class BlockSums
{
    /// <summary>A metric as a function of how often each block counts.</summary>
    /// <param name="byBlock">The sums of each block in turn.</param>
    /// <param name="width">How many sums a block has.</param>
    /// <param name="value">The metric of the sums together.</param>
    public static Statistic Statistic(double[] byBlock, int width, Func<double[], double> value) => times =>
    {
        var sums = new double[width];
        for (var block = 0; block < times.Length; block++)
        {
            for (var sum = 0; sum < width && times[block] > 0; sum++)
            {
                sums[sum] += times[block] * byBlock[(block * width) + sum];
            }
        }

        return value(sums);
    };
}
