using MlOpsBuild.Reporting.Maturity;

namespace MlOpsBuild.Components.Bundles;

/// <summary>The level a build class declares by its bundle interface.</summary>
internal static class DeclaredLevel
{
    public static MaturityLevel Of(object build) => build switch
    {
        IContinuousDeployment => MaturityLevel.ContinuousDeployment,
        IContinuousIntegration => MaturityLevel.ContinuousIntegration,
        IContinuousTraining => MaturityLevel.ContinuousTraining,
        IContinuousData => MaturityLevel.ContinuousData,
        _ => MaturityLevel.Manual,
    };
}
