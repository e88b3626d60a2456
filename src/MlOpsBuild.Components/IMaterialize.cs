using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Brings the newest values of feature views where the gateway finds them.</summary>
public interface IMaterialize : IHazPipelines
{
    /// <summary>Brings the newest values of feature views where the gateway finds them.</summary>
    Target Materialize => _ => _
        .Description("Writes the newest value of each key of the pipelines' feature views into their online store, where the gateway finds them")
        .Example("Materialize", "for a schedule, whenever feature views have new rows")
        .Executes(
            this, (session, ct) => EachInTurnAsync(session, (run, token) => MaterializeFlow.MaterializeAsync(session, run, token), ct),
            pulls: false);
}
