using System.Reflection;
using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Modeling.Training.Onnx;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating;

/// <summary>
/// Another trainer, whose probabilities are brought to what happens on a part of the training rows that it does not see: the newest days,
/// whole groups, or rows drawn by seed, as the hold-out is made. The hold-out itself is never looked at.
/// </summary>
/// <param name="Inner">The other trainer.</param>
/// <param name="Method">How probabilities are mapped.</param>
/// <param name="Share">Share of the training rows that are kept for it, in (0, 1).</param>
public sealed record CalibratedTrainer([property: JsonIgnore] TrainerSpec Inner, CalibrationMethod Method, double Share) : TrainerSpec
{
    /// <inheritdoc />
    public override string Kind => $"calibrated {Inner.Kind}";

    /// <summary>The other trainer with its options, as it is part of the training's key.</summary>
    public string Of => Inner.Describe();

    /// <inheritdoc />
    public override bool Standardises => Inner.Standardises;

    /// <inheritdoc />
    public override bool FitsClasses => Inner.FitsClasses;

    /// <inheritdoc />
    public override bool TakesWeights => Inner.TakesWeights;

    /// <inheritdoc />
    public override bool RunsPrograms => Inner.RunsPrograms;

    /// <inheritdoc />
    public override IReadOnlyList<string> Files => Inner.Files;

    /// <inheritdoc />
    [JsonIgnore]
    public override RegisteredModel? Registered => Inner.Registered;

    /// <inheritdoc />
    public override Assembly? Code => Inner.Code;

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var (fitted, kept) = ValidationSplit.Of(rows, Share);
        var model = Inner.Fit(rows.Part(fitted), cancellationToken);
        var validation = rows.Part(kept);
        return model with
        {
            Calibrated = ProbabilityFit.Of(
                rows.Classes!, [.. validation.Inputs().Select(row => model.Predict(row.Input))], validation.Labels, Method),
        };
    }
}
