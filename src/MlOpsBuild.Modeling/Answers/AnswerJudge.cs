using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>A language model that says how good an answer is.</summary>
/// <param name="Prompt">
/// What it is told: a file below the checkout, with <c>{{answer}}</c>, <c>{{expected}}</c> and the columns of the case. It answers with a
/// number from 0 to 1, or with JSON that has one as <c>score</c>.
/// </param>
/// <param name="Endpoint">Where it answers.</param>
public sealed record AnswerJudge(string Prompt, ChatEndpoint Endpoint)
{
    /// <summary>Its name in reports.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => $"judge {Path.GetFileNameWithoutExtension(Prompt)}";
}
