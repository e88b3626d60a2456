using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>
/// Trees on a fitted feature transform: boosted ones are summed, those of a forest averaged. The score is the trainer's to the bit: values
/// are single, the sum is double and becomes single once, before an average is taken.
/// </summary>
public sealed record TreesModel : SinglePrecisionModel
{
    private Forest _forest = new([]);

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
    public override float Score(ReadOnlySpan<float> design)
    {
        var sum = (float)_forest.Sum(design);
        return Average ? sum / Trees.Count : sum;
    }
}
