namespace MlOpsBuild.Modeling.Experiments;

/// <summary>When an A/B test says what it found.</summary>
public enum ExperimentDesign
{
    /// <summary>Once, when as many units as were fixed before are complete; nothing is told of the difference before.</summary>
    FixedHorizon,

    /// <summary>At any look, however often one looks; it needs about twice as many units for the same effect.</summary>
    AlwaysValid,
}
