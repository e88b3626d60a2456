using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Trains the model.</summary>
public interface ITrain : IValidateData, IRunStage
{
    /// <summary>How the champion's probabilities are calibrated anew.</summary>
    [Parameter("With Train: the champion once more, with its probabilities calibrated anew on what came since (platt or isotonic)")]
    string? Recalibrate => TryGetValue(() => Recalibrate);

    /// <summary>Trains the model.</summary>
    Target Train => _ => _
        .Description("Trains the model on all but the hold-out")
        .Example("Train Deploy", "from data to a version that serves on this machine")
        .Example("Train --data hour.csv --set trees=200", "on your file, with a parameter of the pipeline")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .TryAfter<ITune>(build => build.Tune)
        .ExecutesStages(
            this, (session, ct) => EachAsync(session, (run, token) => TrainingFlow.TrainAsync(session, run, Recalibrate, token), ct));
}
