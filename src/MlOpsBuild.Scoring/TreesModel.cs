using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>
/// Trees on a fitted feature transform: boosted ones are summed, those of a forest averaged. The score is the trainer's to the bit: values
/// are single, the sum is double and becomes single once, before an average is taken.
/// </summary>
public sealed record TreesModel : TrainedModel
{
    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>Whether the trees are averaged.</summary>
    public required bool Average { get; init; }

    /// <summary>The trees.</summary>
    public required IReadOnlyList<DecisionTree> Trees { get; init; }

    /// <inheritdoc />
    public override double Predict(ReadOnlySpan<double> row) => Scale.Undo(Score(Transform.Singles(row)));

    /// <summary>The score of a design row, before the target's scale is undone.</summary>
    public float Score(ReadOnlySpan<float> design)
    {
        var sum = 0.0;
        foreach (var tree in Trees)
        {
            sum += tree.Value(design);
        }

        return Average ? (float)sum / Trees.Count : (float)sum;
    }
}
