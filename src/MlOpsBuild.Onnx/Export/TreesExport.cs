using System.Runtime.InteropServices;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Onnx.Export;

/// <summary>Writes trees into a graph: one operator for all of them, its sums in double precision.</summary>
internal static class TreesExport
{
    /// <summary>The scores, a column for each output.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The trees.</param>
    /// <param name="design">Design rows, whose values are singles.</param>
    public static string Write(OnnxGraph graph, TreesModel model, string design)
    {
        var nodes = new Nodes();
        foreach (var (output, ensemble) in model.Outputs.Index())
        {
            ensemble.Trees.ToList().ForEach(tree => nodes.Add(tree, output));
        }

        var sums = graph.Cast(
            graph.Cast(
                graph.ApplyLearning("TreeEnsembleRegressor", [design], [.. nodes.Attributes(model.Outputs.Count)]), OnnxGraph.Single),
            OnnxGraph.Double);
        return model.Average
            ? graph.Apply(
                "Div", [sums, graph.Constant([.. model.Outputs.Select(output => (double)output.Trees.Count)], 1, model.Outputs.Count)])
            : sums;
    }

    private sealed class Nodes
    {
        private readonly List<long> _tree =
            [], _node = [], _feature = [], _yes = [], _no = [], _missingYes = [], _leafTree = [], _leafNode = [], _leafOutput = [];
        private readonly List<string> _mode = [];
        private readonly List<double> _threshold = [], _leaf = [];
        private long _trees;

        // A tree's leaves come after its other nodes.
        public void Add(DecisionTree tree, int output)
        {
            var inner = tree.Features.Length;
            for (var node = 0; node < inner; node++)
            {
                Add(
                    node, "BRANCH_LEQ", tree.Features[node], tree.Thresholds[node], At(tree.Left[node]), At(tree.Right[node]),
                    tree.Missing is { } missing && missing[node] <= tree.Thresholds[node]);
            }

            for (var leaf = 0; leaf < tree.Leaves.Length; leaf++)
            {
                Add(inner + leaf, "LEAF", 0, 0, 0, 0, false);
                _leafTree.Add(_trees);
                _leafNode.Add(inner + leaf);
                _leafOutput.Add(output);
                _leaf.Add(tree.Leaves[leaf]);
            }

            _trees++;

            long At(int child) => child >= 0 ? child : inner + ~child;
        }

        public IEnumerable<OnnxMessage> Attributes(int outputs) =>
        [
            OnnxAttribute.Of("n_targets", outputs), OnnxAttribute.Of("aggregate_function", "SUM"),
            OnnxAttribute.Of("post_transform", "NONE"),
            OnnxAttribute.Of("nodes_treeids", _tree), OnnxAttribute.Of("nodes_nodeids", _node),
            OnnxAttribute.Of("nodes_featureids", _feature), OnnxAttribute.Of("nodes_modes", _mode),
            OnnxAttribute.Of("nodes_values_as_tensor", Doubles(_threshold)), OnnxAttribute.Of("nodes_truenodeids", _yes),
            OnnxAttribute.Of("nodes_falsenodeids", _no), OnnxAttribute.Of("nodes_missing_value_tracks_true", _missingYes),
            OnnxAttribute.Of("target_treeids", _leafTree), OnnxAttribute.Of("target_nodeids", _leafNode),
            OnnxAttribute.Of("target_ids", _leafOutput), OnnxAttribute.Of("target_weights_as_tensor", Doubles(_leaf)),
        ];

        private static OnnxMessage Doubles(List<double> values) =>
            OnnxGraph.Tensor(OnnxGraph.Double, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray(), values.Count);

        private void Add(long node, string mode, long feature, double threshold, long yes, long no, bool missingYes)
        {
            _tree.Add(_trees);
            _node.Add(node);
            _mode.Add(mode);
            _feature.Add(feature);
            _threshold.Add(threshold);
            _yes.Add(yes);
            _no.Add(no);
            _missingYes.Add(missingYes ? 1 : 0);
        }
    }
}
