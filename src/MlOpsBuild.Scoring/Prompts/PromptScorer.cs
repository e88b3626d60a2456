using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>Asks the endpoint for every row: for whoever is served.</summary>
public sealed class PromptScorer : IRowScorer
{
    // Whoever asked is gone by then, and another waits for the turn.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(9);
    private readonly ChatEndpoint _endpoint;
    private readonly PromptModel _model;
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());
    private readonly ChatClient _chat;

    private PromptScorer(PromptModel model)
    {
        (_model, _chat) = (model, new(_http, Environment.GetEnvironmentVariable, quotes: false));
        _endpoint = model.Endpoint with
        {
            AnswersWithin = model.Endpoint.AnswersWithin < Longest ? model.Endpoint.AnswersWithin : Longest,
        };
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="ChatFailedException">The endpoint's key is not set.</exception>
    public static PromptScorer Start(PromptModel model)
    {
        var scorer = new PromptScorer(model);
        try
        {
            scorer._chat.Require(model.Endpoint);
            return scorer;
        }
        catch
        {
            scorer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Prediction Score(InputRow row) => new(
        _chat.AskAsync(_endpoint, _model.MessagesFor(row), CancellationToken.None).GetAwaiter().GetResult().Text);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
