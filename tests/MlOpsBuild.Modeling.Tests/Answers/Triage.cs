using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers.Tests;

/// <summary>A message of a customer, and who is to answer it.</summary>
internal sealed record Message(
    [property: Identifier] string Id,
    string Text,
    [property: Categories("mail", "chat")] string Channel,
    [property: PersonalData] string? Sender,
    [property: Label] string? Expected);

/// <summary>Asks who is to answer messages, as a definition says.</summary>
internal sealed class Triage(Func<PipelineDefinition<Message>, PipelineDefinition<Message>> change) : ModelPipeline<Message>
{
    public const string PromptFile = "prompt.md";

    public static ChatEndpoint Endpoint { get; } = new(new("https://llm.example.com/v1/chat/completions"), "small");

    public static PipelineSpec Specify(
        Func<PipelineDefinition<Message>, PipelineDefinition<Message>>? change = null, ChatEndpoint? endpoint = null,
        Action<AnswerBuilder>? answer = null) =>
        new Triage(pipeline => (change ?? (same => same))(pipeline
            .Data(DataSource.Files("cases.csv"))
            .Answer(x => x.Expected, answer ?? (a => a.Exact()))
            .Train(Trainers.Prompt(PromptFile, endpoint ?? Endpoint))
            .Gate(Metrics.MeanScore, g => g.AtLeast(0.7)))).Specify(new Dictionary<string, string>());

    protected override void Define(PipelineDefinition<Message> pipeline) => change(pipeline);
}
