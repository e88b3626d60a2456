using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Calibrating;
using MlOpsBuild.Modeling.Training.Onnx;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training;

/// <summary>
/// A trainer with its settings: the seam for model families. A family is one folder: its spec, derived from this, whose public properties
/// are its options (they are part of the training's key), what it fits, and its method of <see cref="Trainers"/>. Nothing else knows of it.
/// </summary>
public abstract record TrainerSpec
{
    private static readonly List<string> NotOptions = ["kind", "standardises", "fitsClasses", "takesWeights", "runsPrograms", "files"];

    /// <summary>The family's name in records and reports, for example <c>fast-tree</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether numbers are standardised before it sees them; trees take them as they are, missing ones too.</summary>
    public virtual bool Standardises => true;

    /// <summary>Whether it can fit probabilities of classes, and not only numbers.</summary>
    public virtual bool FitsClasses => false;

    /// <summary>Whether it lets rows count more or less, as <see cref="TrainingRows.Weights"/> says.</summary>
    public virtual bool TakesWeights => false;

    /// <summary>
    /// Whether its model runs a program of the checkout or asks an endpoint, as only models of one's own pipeline may.
    /// </summary>
    public virtual bool RunsPrograms => false;

    /// <summary>Files below the checkout that it reads; what they hold is part of the training's key.</summary>
    public virtual IReadOnlyList<string> Files => [];

    /// <summary>The model of a registry that the build brings to the checkout first; null for most.</summary>
    [JsonIgnore]
    public virtual RegisteredModel? Registered => null;

    /// <summary>
    /// The assembly whose code the trainer runs beside its own; what is compiled into it is part of the training's key. Null for most.
    /// </summary>
    [JsonIgnore]
    public virtual Assembly? Code => null;

    /// <summary>Fits a model; the same rows give the same bytes, whatever the machine's cores.</summary>
    /// <exception cref="StageFailedException">It cannot be fitted on these rows.</exception>
    public abstract TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken);

    /// <summary>
    /// The trainer that is fitted on <paramref name="rows"/>: itself, but for one that chooses among others.
    /// </summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="progress">What is told of the choice.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual TrainerSpec Choose(TrainingRows rows, IProgress<string> progress, CancellationToken cancellationToken) => this;

    /// <summary>The same, with probabilities that mean what happens: fitted on a part of the training rows that is kept for it.</summary>
    /// <param name="method">How.</param>
    /// <param name="share">Share of the training rows that is kept, in (0, 1).</param>
    public TrainerSpec Calibrated(CalibrationMethod method = CalibrationMethod.Isotonic, double share = 0.2) =>
        new TrainerOptions("Calibrated").Require(
            nameof(share), share.ToString(System.Globalization.CultureInfo.InvariantCulture), share is > 0 and < 1, "above 0 and below 1")
        .For(new CalibratedTrainer(this, method, share));

    /// <summary>The family and its options in a line.</summary>
    public virtual string Describe()
    {
        var options = JsonSerializer.SerializeToNode<object>(this, CanonicalJson.Options)!.AsObject();
        NotOptions.ForEach(name => options.Remove(name));
        return string.Join(' ', options.Select(option => $"{option.Key}={option.Value?.ToJsonString()}").Prepend(Kind));
    }
}
