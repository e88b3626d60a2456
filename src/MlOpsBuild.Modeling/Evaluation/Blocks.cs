using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// Rows that are resampled together. Days keep their order; rows and groups, which do not depend on one another, are gathered at
/// random into at most 256 blocks.
/// </summary>
/// <param name="OfRow">The block of each row.</param>
/// <param name="Count">How many blocks there are.</param>
internal sealed record Blocks(int[] OfRow, int Count)
{
    private const int MostIndependent = 256;

    /// <summary>All rows as one.</summary>
    public static Blocks Whole(PredictionSet set) => new(new int[set.Count], 1);

    public static Blocks Of(PredictionSet set)
    {
        var order = new Dictionary<int, int>();
        int[] dense = [.. set.Block.Select(block => order.TryGetValue(block, out var known) ? known : order[block] = order.Count)];
        if (set.Unit == BlockUnit.Day || order.Count <= MostIndependent)
        {
            return new(dense, order.Count);
        }

        var shuffled = new SplitMix64(1).NextOrder(order.Count);
        return new([.. dense.Select(block => shuffled[block] % MostIndependent)], MostIndependent);
    }
}
