using System.Text.Json.Serialization;
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
    protected override IRowScorer Open() => PromptScorer.Start(this);
}
