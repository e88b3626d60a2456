using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>
/// The answer to one row: <c>prediction</c>; of a language model <c>answer</c>; of two classes <c>label</c> and <c>probability</c>,
/// which is the positive one's; of more <c>label</c> and <c>probabilities</c>.
/// </summary>
/// <param name="Version">The version that made it.</param>
/// <param name="Id">Id to send the label with, later.</param>
public sealed record PredictionAnswer(int Version, string Id)
{
    /// <summary>A number, in the target's unit.</summary>
    [JsonPropertyOrder(-4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Prediction { get; init; }

    /// <summary>A text.</summary>
    [JsonPropertyOrder(-4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answer { get; init; }

    /// <summary>The class that is answered.</summary>
    [JsonPropertyOrder(-3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>Probability of the positive one of two classes.</summary>
    [JsonPropertyOrder(-2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Probability { get; init; }

    /// <summary>Probabilities of three or more classes, in the order of the classes.</summary>
    [JsonPropertyOrder(-2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, double>? Probabilities { get; init; }

    /// <summary>Whether the prediction is no value that a label may have by the contract.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OutOfRange { get; init; }

    /// <summary>The answer of a model.</summary>
    public static PredictionAnswer Of(Prediction prediction, ClassSet? classes, int version, string id) => classes switch
    {
        null when prediction.Text is { } text => new(version, id) { Answer = text },
        null => new(version, id) { Prediction = prediction.Value },
        { IsBinary: true } => new(version, id) { Label = classes.Names[classes.Choose(prediction)], Probability = prediction.Value },
        _ => new(version, id)
        {
            Label = classes.Names[classes.Choose(prediction)],
            Probabilities = new(
                classes.Names.Select((name, position) => KeyValuePair.Create(name, prediction[position])), StringComparer.Ordinal)
        },
    };

    /// <summary>The prediction in it; null where it has none that is finite.</summary>
    public Prediction? Read()
    {
        Prediction? read = Prediction is { } number ? number
            : Probability is { } probability ? probability
            : Answer is { } text ? new Prediction(text)
            : Probabilities is { Count: > 2 } each ? new Prediction([.. each.Values])
            : null;
        return read is { IsFinite: true } ? read : null;
    }
}
