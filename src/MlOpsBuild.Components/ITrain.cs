using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Trains the model.</summary>
public interface ITrain : IValidateData
{
    /// <summary>Trains the model.</summary>
    Target Train => _ => _
        .Description("Trains the model on all but the hold-out")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .Performs(this, async (session, ct) =>
        {
            foreach (var run in RunsOf(session))
            {
                await TrainingFlow.TrainAsync(session, run, ct);
            }
        });
}
