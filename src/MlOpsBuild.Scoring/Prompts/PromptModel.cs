using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>A language model with what it is told: its prediction is a text.</summary>
public sealed record PromptModel : ForeignModel
{
    /// <summary>Where it answers, and how it is asked.</summary>
    public required ChatEndpoint Endpoint { get; init; }

    /// <summary>What it is told, with places for the fields.</summary>
    public required PromptTemplate Prompt { get; init; }

    /// <summary>
    /// Whether it asks when it predicts. A file alone must not send a key anywhere: a server says so of what it serves.
    /// </summary>
    /// <value>No.</value>
    [JsonIgnore]
    public bool Asks { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override int AtOnce => Endpoint.AtOnce;

    /// <summary>What is said of a row.</summary>
    public IReadOnlyList<PromptMessage> MessagesFor(InputRow row)
    {
        var values = RowWriter.Write(Fields, row);
        return Prompt.Fill(name => FieldText.Of(values[name]));
    }

    /// <inheritdoc />
    protected override IRowScorer Open() => Asks ? PromptScorer.Start(this) : throw new StageFailedException(new Finding(
        "MLB2222", "A language model is not asked here", "model", Endpoint.Url.ToString(), "a model that predicts by itself",
        "answers are asked for and scored by .Answer(…), and given by a server"));
}
