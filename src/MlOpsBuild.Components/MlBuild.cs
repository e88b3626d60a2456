namespace MlOpsBuild.Components;

/// <summary>Base of ML builds; maturity level 0 until a bundle interface says more.</summary>
public abstract class MlBuild : NukeBuild, IInspect, IMaintainStore
{
    /// <inheritdoc />
    protected override IReadOnlyCollection<string> TargetsThatNeverRebuild => [nameof(IRollBack.Rollback), nameof(IInspect.Status), nameof(IMaintainStore.Stop)];

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, string> Operands => new Dictionary<string, string> { [nameof(IInspect.Lineage)] = "of" };

    /// <inheritdoc />
    protected override void OnBuildFinished()
    {
        base.OnBuildFinished();
        EngineBridge.Share(this);
    }
}
