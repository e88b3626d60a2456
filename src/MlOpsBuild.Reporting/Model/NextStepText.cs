using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What a reviewer does with a report.</summary>
internal static class NextStepText
{
    /// <param name="verdict">The gates' verdict.</param>
    /// <param name="effect">What the candidate is beside the champion.</param>
    /// <param name="stale">Whether what was compared with is no longer what counts.</param>
    /// <param name="deployment">What came of a deployment; null without one.</param>
    public static string Of(Verdict verdict, ChangeEffect effect, bool stale, DeploymentOutcome? deployment) => (verdict, effect) switch
    {
        (Verdict.Failed, _) => "change features, parameters or data where the failed gates and the worse slices point, and test again",
        (Verdict.Inconclusive, _) =>
            "get the evidence that is missing, or accept the doubt by a wider margin in the pipeline's definition, which is reviewed too",
        (Verdict.Error, _) => "mend what the evidence names, and test again",
        _ when stale => "bring the change up to date and test again before merging",
        (_, ChangeEffect.Worse) => "merge only for a reason that these figures do not show, and write the reason into the change",
        _ when deployment is { } outcome && DeploymentVerdict.Of(outcome) != Verdict.Passed =>
            "do not merge before the deployment is understood: the gates passed and the canary did not",
        _ when deployment is not null => "merge: the deployment went well, too",
        _ => "merge; the delivered branch brings it out by canary (./build.sh Train Deploy)",
    };
}
