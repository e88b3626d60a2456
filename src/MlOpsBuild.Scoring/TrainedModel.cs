using System.Text.Json.Serialization;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A model with everything scoring needs. The set of kinds is closed and serialised: a server loads no user code, but for those
/// of <see cref="ForeignModel"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "model")]
[JsonDerivedType(typeof(LinearModel), "linear")]
[JsonDerivedType(typeof(SoftmaxModel), "softmax")]
[JsonDerivedType(typeof(TreesModel), "trees")]
[JsonDerivedType(typeof(GamModel), "gam")]
[JsonDerivedType(typeof(OnnxModel), "onnx")]
[JsonDerivedType(typeof(MlNetModel), "mlnet")]
[JsonDerivedType(typeof(CommandModel), "command")]
[JsonDerivedType(typeof(PromptModel), "prompt")]
public abstract record TrainedModel
{
    /// <summary>Version of this document's form.</summary>
    public int Format { get; init => field = value == 0 ? 1 : value; } = 1; // Generated code that reads this gives 0 to what is left out.

    /// <summary>Name of what is predicted.</summary>
    public required string Target { get; init; }

    /// <summary>The classes it tells apart; null where it predicts a number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassSet? Classes { get; init; }

    /// <summary>
    /// What its probabilities mean: one map of the positive class, or one for each of many; null where they are taken as they are.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProbabilityMap>? Calibrated { get; init; }

    /// <summary>Values that a label may have; null for any, and for classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LabelRange? Range { get; init; }

    /// <summary>Accepted inputs, in row order.</summary>
    public required IReadOnlyList<FieldRule> Fields { get; init; }

    /// <summary>
    /// The prediction for <paramref name="row"/> (values in field order): a number in the target's unit, or probabilities.
    /// </summary>
    public Prediction Predict(InputRow row) => Range is { Clamps: true } range ? range.Bring(Compute(row).Value)
        : Calibrated is { } maps ? ProbabilityMap.Of(maps, Compute(row))
        : Compute(row);

    /// <summary>The prediction for a row without free texts.</summary>
    public Prediction Predict(ReadOnlySpan<double> row) => Predict(new InputRow(row));

    /// <summary>The prediction before it is brought into the label's range.</summary>
    protected abstract Prediction Compute(InputRow row);
}
