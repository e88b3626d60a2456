using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Serving.Model.Tests;

/// <summary>A server of a language model with its prompt.</summary>
public sealed class ModelServerTextTests : IDisposable
{
    private readonly FakeLanguageModel _model = new(asked => asked.Last.Length > 20 ? null : $"heard: {asked.Last}");

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task A_row_is_answered_with_a_text()
    {
        using var tiny = await StartAsync();

        var (status, body, _) = await tiny.AskAsync("POST", "/predict", """{"Text": "a crash"}""", id: "mine");

        (status, body).ShouldBe((200, """{"answer":"heard: a crash","version":3,"id":"mine"}"""));
        (await tiny.AskAsync("POST", "/predict", """{"Text": "so long that it is refused"}""", id: "b")).Body
            .ShouldBe("""{"answer":"","version":3,"id":"b"}""");
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_an_error_of_which_callers_hear_nothing_more()
    {
        using var tiny = await StartAsync();
        _model.RefuseNext(429);

        var (status, body, _) = await tiny.AskAsync("POST", "/predict", """{"Text": "a crash"}""");

        status.ShouldBe(500);
        body.ShouldContain("The model gives no prediction");
        body.ShouldNotContain(_model.Address.Host);
    }

    [Fact]
    public async Task Rows_of_a_list_wait_together_and_are_answered_in_their_order()
    {
        using var all = new Barrier(3);
        using var model = new FakeLanguageModel(asked => all.SignalAndWait(TimeSpan.FromSeconds(30)) ? asked.Last : null);
        using var tiny = new TinyServer(model: Model(model.Address, null));
        await tiny.Server.StartAsync(CancellationToken.None);

        var (_, body, _) = await tiny.AskAsync("POST", "/predict", """[{"Text": "a"}, {"Text": "b"}, {"Text": "c"}]""", id: "x");

        body.ShouldBe(
            """[{"answer":"a","version":3,"id":"x-0"},{"answer":"b","version":3,"id":"x-1"},{"answer":"c","version":3,"id":"x-2"}]""");
    }

    [Fact]
    public async Task A_row_without_what_the_prompt_names_is_refused_and_nobody_is_asked()
    {
        using var tiny = await StartAsync();

        (await tiny.AskAsync("POST", "/predict", "{}")).Status.ShouldBe(400);

        _model.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rehearsed_change_of_predictions_leaves_nothing_of_a_text()
    {
        using var tiny = await StartAsync(new(PredictionFactor: 1.3));

        (await tiny.AskAsync("POST", "/predict", """{"Text": "a crash"}""", id: "a")).Body
            .ShouldBe("""{"answer":"","version":3,"id":"a"}""");
    }

    [Fact]
    public async Task Without_the_key_it_does_not_start()
    {
        using var tiny = new TinyServer(model: Model(_model.Address, "NO_SUCH_KEY_OF_OURS"));

        (await Should.ThrowAsync<FindingsException>(tiny.Server.StartAsync(CancellationToken.None))).Message
            .ShouldContain("NO_SUCH_KEY_OF_OURS");
    }

    private async Task<TinyServer> StartAsync(FaultOptions? fault = null)
    {
        var tiny = new TinyServer(fault, model: Model(_model.Address, null));
        await tiny.Server.StartAsync(CancellationToken.None);
        return tiny;
    }

    private static PromptModel Model(Uri address, string? key) => new()
    {
        Target = "Expected", Fields = [new("Text", FieldKind.Text)], Prompt = PromptTemplate.Parse("{{Text}}"),
        Endpoint = new(address, "small") { KeyVariable = key },
    };
}
