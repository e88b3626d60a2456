namespace MlOpsBuild.Scoring.Prompts;

/// <summary>What a language model answered.</summary>
/// <param name="Text">The text; empty where it refused to say anything.</param>
/// <param name="InputTokens">Tokens that were sent, as the endpoint counts them; null where it does not.</param>
/// <param name="OutputTokens">Tokens that were answered.</param>
public sealed record ChatAnswer(string Text, int? InputTokens, int? OutputTokens)
{
    /// <summary>All tokens; null where they were not counted.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? Tokens => InputTokens + OutputTokens;

    /// <summary>Whether it was cut at the most tokens that an answer may have.</summary>
    public bool Cut { get; init; }
}
