using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>A language model that says how good an answer is.</summary>
/// <param name="Prompt">
/// What it is told: a file below the checkout, with <c>{{answer}}</c>, <c>{{expected}}</c> and the columns of the case. It answers with a
/// number from 0 to 1, or with JSON that has one as <c>score</c>.
/// </param>
/// <param name="Endpoint">Where it answers.</param>
/// <param name="SendsPersonalData">Whether it may read personal data although it does not answer on this machine.</param>
public sealed record AnswerJudge(string Prompt, ChatEndpoint Endpoint, bool SendsPersonalData = false)
{
    /// <summary>Whether it may read personal data.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool MayReadPersonalData => SendsPersonalData || Endpoint.IsLocal;

    /// <summary>Its name in reports.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => $"judge {Path.GetFileNameWithoutExtension(Prompt)}";
}
