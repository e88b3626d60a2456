using System.Reflection;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>Turns ML.NET's trees into ours.</summary>
internal static class TreeExport
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static TreeEnsemble Of<TTree>(TreeEnsemble<TTree> ensemble, PlattCalibrator? calibrator = null)
        where TTree : RegressionTreeBase =>
        new(Of(calibrator)) { Trees = [.. ensemble.Trees.Select(Of)] };

    public static Calibration? Of(PlattCalibrator? calibrator) => calibrator == null ? null : new(calibrator.Slope, calibrator.Offset);

    public static TreesModel Model(TrainingRows rows, IReadOnlyList<TreeEnsemble> outputs, bool average = false) => new()
    {
        Target = rows.Target,
        Classes = rows.Classes,
        Fields = rows.Fields,
        Scale = rows.Scale,
        Transform = rows.Transform,
        Average = average,
        Outputs = outputs,
    };

    private static DecisionTree Of(RegressionTreeBase tree) => new(
        [.. tree.LeftChild], [.. tree.RightChild], [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds],
        [.. tree.LeafValues], Missing(tree));

    // Where LightGBM sends a missing value is in no public member. Were this one gone, scores would differ, and the
    // comparison after the fit would tell.
    private static float[]? Missing(RegressionTreeBase tree)
    {
        var inner = typeof(RegressionTreeBase).GetField("_tree", Inside)?.GetValue(tree);
        var values = (float[]?)inner?.GetType().GetField("DefaultValueForMissing", Inside)?.GetValue(inner);
        return values?[..tree.NumberOfNodes];
    }
}
