using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Flow;

/// <summary>Model → predictions on the hold-out; of a language model → its answers to the cases.</summary>
internal static class AnswerFlow
{
    /// <summary>Predictions of <paramref name="model"/>, or scores of its answers.</summary>
    /// <param name="session">The session.</param>
    /// <param name="run">The run.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">The hold-out.</param>
    /// <param name="trusted">Whether it may run programs and ask endpoints.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<StageRun<IReadOnlyList<MetricValue>>> EvaluateAsync(
        RunSession session, PipelineRun run, Artifact model, HoldOutRows rows, bool trusted, CancellationToken cancellationToken)
    {
        if (run.Specification.Answers is not { } answers)
        {
            return await run.RunAsync(
                new EvaluateStage(), new EvaluateInput(model, rows) { RunsPrograms = trusted }, cancellationToken);
        }

        using var http = new HttpMessageInvoker(ChatClient.Handler());
        var book = new AnswerBook(
            Path.Combine(session.Store.Folder, "cache", "answers"),
            new ChatClient(http, name => session.Environment.GetValueOrDefault(name)), session.Time);
        return await run.RunAsync(
            new AskStage(book), new AskInput(model, rows, answers)
            {
                Pipeline = run.Specification.Name, Root = session.Root, AsksEndpoint = trusted,
            }, cancellationToken);
    }

    /// <summary>What the candidate answered, beside what the champion did; null of predictions.</summary>
    public static async Task<AnswerOutcome?> CompareAsync(
        PipelineRun run, Artifact? candidate, Artifact? champion, CancellationToken cancellationToken) => candidate == null
        ? null
        : (await run.RunAsync(
            new CompareAnswersStage(),
            new CompareAnswersInput(
                candidate, champion, run.Specification.Contract.Personal, run.Specification.Contract.Label.Name),
            cancellationToken)).Result;
}
