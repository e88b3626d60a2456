using System.Reflection;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>Turns ML.NET's trees into ours.</summary>
internal static class TreeExport
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static TreesModel Of<TTree>(TreeEnsemble<TTree> ensemble, bool average, TrainingRows rows) where TTree : RegressionTreeBase => new()
    {
        Target = rows.Target,
        Fields = rows.Fields,
        Scale = rows.Scale,
        Transform = rows.Transform,
        Average = average,
        Trees = [.. ensemble.Trees.Select(Of)],
    };

    private static DecisionTree Of(RegressionTreeBase tree) => new(
        [.. tree.LeftChild], [.. tree.RightChild], [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeafValues], Missing(tree));

    // Where LightGBM sends a missing value is in no public member. Were this one gone, scores would differ, and the comparison after the fit would tell.
    private static float[]? Missing(RegressionTreeBase tree)
    {
        var inner = typeof(RegressionTreeBase).GetField("_tree", Inside)?.GetValue(tree);
        var values = (float[]?)inner?.GetType().GetField("DefaultValueForMissing", Inside)?.GetValue(inner);
        return values?[..tree.NumberOfNodes];
    }
}
