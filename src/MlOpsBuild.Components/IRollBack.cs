using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Puts the version before back.</summary>
public interface IRollBack : IHazServer, IHazReason
{
    /// <summary>Who answers for rollbacks; shown with each of them.</summary>
    string RollbackOwner { get; }

    /// <summary>Puts the version before back.</summary>
    Target Rollback => _ => _
        .Description("Puts the version before back, at once; needs no compile and no pipeline definition")
        .Example("Rollback --reason \"looks wrong\"", "the version before serves again")
        .RequiresOf(this, () => !string.IsNullOrWhiteSpace(Reason), "needs --reason")
        .Executes(this, (session, ct) => DeliveryFlow.RollBackAsync(session, Pipeline, RollbackOwner, Reason!, Server, ct), pulls: false);
}
