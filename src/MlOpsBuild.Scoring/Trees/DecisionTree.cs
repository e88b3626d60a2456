using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Trees;

/// <summary>One binary tree. Node 0 is the root; a child below 0 is the leaf ~child.</summary>
/// <param name="Left">Child for values up to the threshold, node by node.</param>
/// <param name="Right">Child for values above it, and for a missing value that stays one.</param>
/// <param name="Features">Column of the design row that a node looks at.</param>
/// <param name="Thresholds">Where a node splits.</param>
/// <param name="Leaves">Values of the leaves.</param>
/// <param name="Missing">What a missing value is taken for, node by node; null leaves it missing.</param>
/// <param name="Rows">Training rows that ended in each leaf, at least 1; null where nobody counted.</param>
public sealed record DecisionTree(
    [property: JsonConverter(typeof(OneLineArray<int>))] int[] Left,
    [property: JsonConverter(typeof(OneLineArray<int>))] int[] Right,
    [property: JsonConverter(typeof(OneLineArray<int>))] int[] Features,
    [property: JsonConverter(typeof(OneLineArray<float>))] float[] Thresholds,
    [property: JsonConverter(typeof(OneLineArray<double>))] double[] Leaves,
    [property: JsonConverter(typeof(OneLineArray<float>))] float[]? Missing = null,
    [property: JsonConverter(typeof(OneLineArray<int>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    int[]? Rows = null)
{
    /// <summary>Training rows that ended in a leaf.</summary>
    internal double RowsOf(int leaf) => Rows?[leaf] ?? 1;

    /// <summary>Whether <paramref name="value"/> goes left at a node. A value that stays missing is above every threshold.</summary>
    internal bool GoesLeft(int node, float value) => (float.IsNaN(value) ? Missing?[node] ?? float.NaN : value) <= Thresholds[node];

    /// <summary>The leaf in which <paramref name="design"/> ends.</summary>
    public int LeafOf(ReadOnlySpan<float> design)
    {
        var node = Features.Length > 0 ? 0 : ~0;
        while (node >= 0)
        {
            node = GoesLeft(node, design[Features[node]]) ? Left[node] : Right[node];
        }

        return ~node;
    }

    /// <summary>Training rows that came to each node.</summary>
    internal double[] CountRows()
    {
        var rows = new double[Features.Length];
        if (rows.Length > 0)
        {
            Count(0);
        }

        return rows;

        double Count(int node) => node < 0 ? RowsOf(~node) : rows[node] = Count(Left[node]) + Count(Right[node]);
    }
}
