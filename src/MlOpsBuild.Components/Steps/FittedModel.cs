using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Stages;

namespace MlOpsBuild.Components.Steps;

/// <summary>The candidate of a run.</summary>
/// <param name="Model">Its file.</param>
/// <param name="Summary">How it was trained, and on what.</param>
internal sealed record FittedModel(Artifact Model, TrainingSummary Summary) : IStepResult
{
    public static string Target => "Train";
}
