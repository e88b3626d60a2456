namespace MlOpsBuild.Reporting.Maturity;

/// <summary>The maturity levels of Gupta's model, 0 to 4.</summary>
public enum MaturityLevel
{
    /// <summary>Nothing is automated.</summary>
    Manual,

    /// <summary>Data is ingested and validated by the build.</summary>
    ContinuousData,

    /// <summary>Models are trained by the build.</summary>
    ContinuousTraining,

    /// <summary>Models are tested, packaged and reported by the build.</summary>
    ContinuousIntegration,

    /// <summary>Models are deployed by canary, rolled back and watched by the build.</summary>
    ContinuousDeployment,
}
