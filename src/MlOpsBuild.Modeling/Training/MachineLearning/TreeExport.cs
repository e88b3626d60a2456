using System.Reflection;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>Turns ML.NET's trees into ours.</summary>
internal static class TreeExport
{
    private const int MostCounted = 100_000;
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
        Outputs = [.. outputs.Select(output => output with { Trees = Counted(output.Trees, rows) })],
    };

    // What an explanation weighs ways by; of very many rows, rows evenly taken say it as well.
    private static List<DecisionTree> Counted(IReadOnlyList<DecisionTree> trees, TrainingRows rows)
    {
        var counts = trees.Select(tree => new int[tree.Leaves.Length]).ToList();
        var (design, every) = (new float[rows.Transform.Width], Math.Max(1, rows.Count / MostCounted));
        for (var position = 0; position < rows.Count; position += every)
        {
            rows.Write(position, design);
            foreach (var (place, tree) in trees.Index())
            {
                counts[place][tree.LeafOf(design)]++;
            }
        }

        return [.. trees.Select((tree, place) => tree with { Rows = [.. counts[place].Select(count => Math.Max(1, count))] })];
    }

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
