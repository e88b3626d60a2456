using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What an outcome means for the version that was deployed.</summary>
public static class DeploymentVerdict
{
    /// <summary>
    /// Passed where the version serves or proved itself, Failed where it was refused, Inconclusive where nothing was decided.
    /// </summary>
    public static Verdict Of(DeploymentOutcome outcome) => outcome switch
    {
        DeploymentOutcome.FirstServed or DeploymentOutcome.Promoted or DeploymentOutcome.Restarted or DeploymentOutcome.AlreadyServing
            or DeploymentOutcome.Shadowed => Verdict.Passed,
        DeploymentOutcome.RolledBack or DeploymentOutcome.Withdrawn or DeploymentOutcome.Denied => Verdict.Failed,
        DeploymentOutcome.Inconclusive or DeploymentOutcome.Stopped => Verdict.Inconclusive,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome that has no verdict."),
    };
}
