using MlOpsBuild.Components.Bundles;
using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Looks, without changing anything.</summary>
public interface IInspect : IHazSession
{
    /// <summary>What serves where, since when, at which weight.</summary>
    Target Status => _ => _
        .Description("Shows what serves where, since when, at which weight")
        .Acts(this, InspectionFlow.StatusAsync);

    /// <summary>The declared maturity level against the evidence.</summary>
    Target Maturity => _ => _
        .Description("Compares the declared maturity level with the evidence, and names the next missing piece")
        .Acts(this, async (session, ct) =>
        {
            foreach (var pipeline in (this as IHazPipelines)?.PickedNames ?? [])
            {
                await InspectionFlow.MaturityAsync(session, pipeline, DeclaredLevel.Of(this), ct);
            }
        });
}
