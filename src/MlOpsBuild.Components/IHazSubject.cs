namespace MlOpsBuild.Components;

/// <summary>A build whose targets look at one thing of many.</summary>
public interface IHazSubject : INukeBuild
{
    /// <summary>
    /// What to look at: a version, a digest, or the address where it serves; the word after <c>Lineage</c> or <c>Approve</c>.
    /// </summary>
    [Parameter("With Lineage, Approve, Reproduce and Evidence: a version (v3, BikeDemand-v3), a digest of bundle, model or data, or the address where it serves; with ReplayCanary: a deployment; what serves, or the last one, by default")]
    [ReadBy(
        nameof(IInspect.Lineage), nameof(IInspect.Reproduce), nameof(IInspect.Evidence), nameof(IApprove.Approve),
        nameof(IProve.ReplayCanary))]
    string? Of => TryGetValue(() => Of);
}
