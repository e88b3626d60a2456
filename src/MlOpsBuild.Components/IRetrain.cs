using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Trains anew when the pipeline's policy says so.</summary>
public interface IRetrain : IDeployModel, IMonitor
{
    /// <summary>Whether it is trained whatever the policy says.</summary>
    [Parameter("With Retrain: trains now, whatever the policy says")]
    bool? Now => TryGetValue<bool?>(() => Now);

    /// <summary>Trains anew when the pipeline's policy says so.</summary>
    Target Retrain => _ => _
        .Description("Looks whether the pipeline's policy asks for a new version (age, rows, drift, loss); then trains, tests and packages one and opens a pull request with its report, or says why not")
        .Example("Retrain", "for a schedule, after Monitor; promotes nothing unless the policy says so")
        .Example("Retrain --now --data hour.csv", "trains anew whatever the policy says")
        .After(Monitor)
        .Executes(this, async (session, ct) =>
        {
            RequireOnePipeline("--data", Data);
            RetrainFlow.RequirePolicy(PickedRuns(session), Now == true);
            var choices = new RetrainChoices(
                Now == true, Data, Server, NoImage ? null : ImageChoices.Of(BaseImage, Platforms ?? []),
                new(null, Port, null, KeepServing ?? ServingPlaces.KeepsServing(session), Again == true, false, false, false));
            await EachInTurnAsync(session, (run, token) => RetrainFlow.RetrainAsync(session, run, choices, token), ct);
        }, pulls: true);
}
