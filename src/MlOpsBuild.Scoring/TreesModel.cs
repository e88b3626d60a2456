using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Explaining;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>
/// Trees on a fitted feature transform: boosted ones are summed, those of a forest averaged. The score is the trainer's to the bit: values
/// are single, the sum is double and becomes single once, before an average is taken.
/// </summary>
public sealed record TreesModel : SinglePrecisionModel
{
    /// <inheritdoc />
    [JsonIgnore]
    public override bool CanExplain => Outputs.All(output => output.Trees.All(tree => tree.Rows != null));

    /// <summary>Whether the trees are averaged.</summary>
    public required bool Average { get; init; }

    /// <summary>One; of three or more classes one for each.</summary>
    public required IReadOnlyList<TreeEnsemble> Outputs { get; init; }

    /// <inheritdoc />
    public override float Score(ReadOnlySpan<float> design, int output)
    {
        var sum = (float)Outputs[output].Sum(design);
        return Average ? sum / Outputs[output].Trees.Count : sum;
    }

    /// <inheritdoc />
    protected override void Contribute(ReadOnlySpan<float> design, int output, Span<double> columns)
    {
        var trees = Outputs[output].Trees;
        foreach (var tree in trees)
        {
            TreeShap.Add(tree, design, columns, Average ? 1.0 / trees.Count : 1);
        }
    }

    /// <inheritdoc />
    protected override Calibration? CalibrationOf(int output) => Outputs[output].Calibration;
}
