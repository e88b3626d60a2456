using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Scoring.Prompts.Tests;

public sealed class PromptModelTests
{
    [Fact]
    public void Its_prediction_is_what_the_endpoint_answers_to_the_filled_prompt()
    {
        using var endpoint = new FakeLanguageModel(asked => asked.Last.ToUpperInvariant());
        var model = Model(endpoint.Address) with { Asks = true };

        var prediction = model.Predict(new InputRow([0, 1, double.NaN], ["an error"]));
        model.Close();

        prediction.Text.ShouldBe("CHAT: AN ERROR ()");
    }

    [Fact]
    public void It_comes_back_from_its_file_as_it_was()
    {
        TrainedModel model = Model(new("https://llm.example.com/v1/chat/completions"));

        var copy = CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize(model)).ShouldBeOfType<PromptModel>();

        copy.Endpoint.ShouldBe(((PromptModel)model).Endpoint);
        Encoding.UTF8.GetString(CanonicalJson.Serialize<TrainedModel>(copy))
            .ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Serialize(model)));
    }

    [Fact]
    public void A_key_that_is_not_set_is_told_when_it_is_opened()
    {
        var model = Model(new("https://llm.example.com/v1/chat/completions"));

        var locked = model with { Asks = true, Endpoint = model.Endpoint with { KeyVariable = "NO_SUCH_KEY_OF_OURS" } };

        Should.Throw<ChatFailedException>(() => locked.Start()).Message.ShouldContain("NO_SUCH_KEY_OF_OURS");
    }

    /// <summary>A file may name any variable as a key and any address.</summary>
    [Fact]
    public void It_asks_nobody_unless_whoever_serves_it_says_so()
    {
        using var endpoint = new FakeLanguageModel(asked => asked.Last);
        var read = (PromptModel)CanonicalJson.Deserialize<TrainedModel>(
            CanonicalJson.Serialize<TrainedModel>(Model(endpoint.Address) with { Asks = true }));

        Should.Throw<StageFailedException>(() => read.Predict(new InputRow([0, 1, double.NaN], ["an error"])))
            .Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB2222");
        endpoint.Asked.ShouldBeEmpty();
    }

    private static PromptModel Model(Uri address) => new()
    {
        Target = "Expected", Endpoint = new(address, "small"), Prompt = PromptTemplate.Parse("{{Channel}}: {{Text}} ({{Since}})"),
        Fields =
        [
            new("Text", FieldKind.Text), new("Channel", FieldKind.Category, Categories: ["mail", "chat"]),
            new("Since", FieldKind.Whole, Optional: true),
        ],
    };
}
