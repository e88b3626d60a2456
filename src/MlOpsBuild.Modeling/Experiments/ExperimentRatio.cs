using MlOpsBuild.Modeling.Statistics;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>Whether units were split as asked: where they were not, some are missing, and nobody knows which.</summary>
/// <param name="Control">Units with the version that serves.</param>
/// <param name="Treatment">Units with the version on test.</param>
/// <param name="Probability">Of a split that far off if all is well, at this look alone (χ²).</param>
/// <param name="Evidence">The e-value against a split as asked, which holds at every look.</param>
public sealed record ExperimentRatio(int Control, int Treatment, double Probability, double Evidence)
{
    /// <summary>The probability below which a split is broken (Fabijan et al. 2019: 0.0005).</summary>
    public const double Level = 0.0005;

    /// <summary>Of so many units.</summary>
    public static ExperimentRatio Of(int control, int treatment, double share) => new(
        control, treatment, SampleRatioTest.Probability(treatment, control + treatment, share),
        EValue.Of(SampleRatioTest.LogEvidence(treatment, control + treatment, share)));

    /// <summary>Whether the split is broken.</summary>
    /// <param name="onlyLook">Whether nobody looks before or after.</param>
    public bool IsBroken(bool onlyLook) => Evidence >= 1 / Level || (onlyLook && Probability < Level);
}
