namespace MlOpsBuild.Scoring.Trees;

/// <summary>Trees laid out for scoring: all nodes side by side, so that a step reads one piece of memory.</summary>
internal sealed class Forest
{
    private readonly Node[] _nodes;
    private readonly double[] _leaves;
    private readonly int[] _roots;

    public Forest(IReadOnlyList<DecisionTree> trees)
    {
        (_nodes, _leaves, _roots) =
            (new Node[trees.Sum(tree => tree.Features.Length)], [.. trees.SelectMany(tree => tree.Leaves)], new int[trees.Count]);
        var (node, leaf) = (0, 0);
        foreach (var (position, tree) in trees.Index())
        {
            _roots[position] = tree.Features.Length > 0 ? node : ~leaf;
            for (var i = 0; i < tree.Features.Length; i++)
            {
                _nodes[node + i] = new(
                    tree.Features[i], tree.Thresholds[i], tree.Missing?[i] ?? float.NaN, Child(tree.Left[i], node, leaf),
                    Child(tree.Right[i], node, leaf));
            }

            (node, leaf) = (node + tree.Features.Length, leaf + tree.Leaves.Length);
        }
    }

    /// <summary>
    /// The sum of the leaves in which <paramref name="design"/> ends. A value that stays missing is above every threshold.
    /// </summary>
    public double Sum(ReadOnlySpan<float> design)
    {
        var sum = 0.0;
        var nodes = _nodes;
        foreach (var root in _roots)
        {
            var at = root;
            while (at >= 0)
            {
                ref readonly var node = ref nodes[at];
                var value = design[node.Feature];
                value = float.IsNaN(value) ? node.Missing : value;
                at = value <= node.Threshold ? node.Left : node.Right;
            }

            sum += _leaves[~at];
        }

        return sum;
    }

    private static int Child(int child, int node, int leaf) => child >= 0 ? node + child : ~(leaf + ~child);

    private readonly record struct Node(int Feature, float Threshold, float Missing, int Left, int Right);
}
