using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>
/// Trees on a fitted feature transform: boosted ones are summed, those of a forest averaged. The score is the trainer's to the bit: values
/// are single, the sum is double and becomes single once, before an average is taken.
/// </summary>
public sealed record TreesModel : TrainedModel
{
    private Forest _forest = new([]);

    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>Whether the trees are averaged.</summary>
    public required bool Average { get; init; }

    /// <summary>The trees.</summary>
    public required IReadOnlyList<DecisionTree> Trees
    {
        get;
        init
        {
            field = value;
            _forest = new(value);
        }
    }

    /// <inheritdoc />
    public override double Predict(ReadOnlySpan<double> row)
    {
        Span<float> design = Transform.Width <= FeatureTransform.OnStack ? stackalloc float[Transform.Width] : new float[Transform.Width];
        Transform.Write(row, design);
        return Scale.Undo(Score(design));
    }

    /// <summary>The score of a design row, before the target's scale is undone.</summary>
    public float Score(ReadOnlySpan<float> design)
    {
        var sum = (float)_forest.Sum(design);
        return Average ? sum / Trees.Count : sum;
    }
}
