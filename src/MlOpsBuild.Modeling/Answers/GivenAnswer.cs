namespace MlOpsBuild.Modeling.Answers;

/// <summary>One answer to a case.</summary>
/// <param name="Text">What was answered.</param>
/// <param name="Scores">What each scorer says of it, from 0 to 1, by its name.</param>
/// <param name="Tokens">Tokens of question and answer; null where the endpoint does not count them.</param>
/// <param name="Cost">What it cost; null where prices or tokens are not known.</param>
public sealed record GivenAnswer(string Text, IReadOnlyDictionary<string, double> Scores, int? Tokens, double? Cost)
{
    /// <summary>Whether it was cut at the most tokens that an answer may have.</summary>
    public bool Cut { get; init; }

    /// <summary>The mean over scorers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Score => Scores.Values.Average();
}
