namespace MlOpsBuild.Scoring.Trees;

/// <summary>Trees that make one score.</summary>
/// <param name="Calibration">How the score becomes a probability; null where it does not, or is one.</param>
public sealed record TreeEnsemble(
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] Calibration? Calibration)
{
    private Forest _forest = new([]);

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

    /// <summary>The sum of the leaves in which <paramref name="design"/> ends.</summary>
    public double Sum(ReadOnlySpan<float> design) => _forest.Sum(design);
}
