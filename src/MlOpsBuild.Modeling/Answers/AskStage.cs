using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Prompts;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>
/// Asks a language model for every case, several times, and scores what it answers: outputs <c>predictions.json</c> (scores, for
/// comparison), <c>rows.jsonl</c> (the cases as requests) and <c>answers.jsonl</c>.
/// </summary>
/// <param name="book">Who asks; what it remembers is not asked again, also after a build that was killed.</param>
public sealed class AskStage(AnswerBook book) : Stage<AskInput, IReadOnlyList<MetricValue>>
{
    /// <summary>Name of the output with the answers.</summary>
    public const string AnswersFile = "answers.jsonl";

    private const int Reports = 10;

    /// <inheritdoc />
    public override string Name => "ask";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(AskInput input) =>
    [
        new("model", input.Model.Digest.ToString()), .. input.Rows.Key, StageInput.Of("answers", input.Answers), .. input.Files,
    ];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<MetricValue>> RunAsync(
        AskInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var model = Own(
            CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(input.Model.Path, cancellationToken)), input);
        var (table, split) = await input.Rows.ReadAsync(cancellationToken);
        var heldOut = table.Select(split.HeldOut);
        EvaluateStage.Check(model, heldOut.Contract, null);
        var request = EvaluateStage.RequestFields(model, heldOut);
        var asked = AskedCase.Of(model, heldOut, request, input.Answers.Repeats);
        var columns = new CaseColumns(
            [.. request.Select(field => field.Name)], [.. model.Fields.Select(field => field.Name)], heldOut.Contract.Label.Name,
            heldOut.Contract.Personal);
        var scorers = CaseScorers.Read(input.Answers, input.Root, columns, book);
        scorers.Require(asked);
        var answered = await AnswerAsync(model, asked, scorers, input.Answers.Repeats, progress, cancellationToken);
        var scores = input.Rows.Predictions(
            input.Model.Digest.ToString(), heldOut, split, [.. answered.Select(one => new Prediction(one.Score))]) with
        {
            Block = [.. asked.Select(one => one.Block)], Places = RowPlaces.OfContent(heldOut, seed: 1),
            Figures = AnswerFiles.FiguresOf(answered),
        };
        await AnswerFiles.WriteAsync(outputDirectory, scores, asked, answered, cancellationToken);
        return MetricTable.Of(scores);
    }

    private static PromptModel Own(TrainedModel model, AskInput input) => model is not PromptModel asked
        ? throw new StageFailedException(new Finding(
            "MLB2067", "The model answers no texts", "model", model.GetType().Name, "a prompt and an endpoint",
            "train one by Trainers.Prompt"))
        : input.AsksEndpoint ? asked
        : throw new StageFailedException(new Finding(
            "MLB2068", "A model that asks an endpoint is not asked here", "model", asked.Endpoint.Url.ToString(),
            "one that this pipeline makes by Trainers.Prompt, or that somebody signed whom this checkout trusts",
            "make it here, or sign its version"));

    private async Task<IReadOnlyList<AnsweredCase>> AnswerAsync(
        PromptModel model, IReadOnlyList<AskedCase> asked, CaseScorers scorers, int repeats, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var answers = asked.Select(_ => new ChatAnswer[repeats]).ToArray();
        try
        {
            await AskAsync(model, asked, answers, progress, cancellationToken);
            var scores = await scorers.ScoreAsync(asked, answers, cancellationToken);
            return
            [
                .. asked.Select((one, index) => new AnsweredCase(one.Read, one.Expected,
                [
                    .. answers[index].Zip(scores[index], (answer, given) => new GivenAnswer(
                        answer.Text, given, answer.Tokens, model.Endpoint.CostOf(answer)) { Cut = answer.Cut }),
                ])),
            ];
        }
        catch (ChatFailedException failure)
        {
            throw new StageFailedException(
                Invariant($"{failure.Summary}; {book.Asked + book.Remembered:N0} answers are remembered and not asked again"),
                failure.Findings, Verdict.Error, failure);
        }
    }

    private async Task AskAsync(
        PromptModel model, IReadOnlyList<AskedCase> asked, ChatAnswer[][] answers, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var repeats = answers[0].Length;
        var (total, done, spent, turn) = (asked.Count * repeats, 0, 0.0, new Lock());
        await Parallel.ForAsync(
            0, total, new ParallelOptions { MaxDegreeOfParallelism = model.Endpoint.AtOnce, CancellationToken = cancellationToken },
            async (place, token) =>
            {
                var (one, time) = (asked[place / repeats], place % repeats);
                var answer = answers[place / repeats][time] =
                    await book.AskAsync(model.Endpoint, one.Messages, one.First + time, null, token);
                var cost = model.Endpoint.CostOf(answer);
                lock (turn)
                {
                    (done, spent) = (done + 1, spent + (cost ?? 0));
                    if (done * Reports / total > (done - 1) * Reports / total)
                    {
                        progress.Report(
                            Invariant($"{done:N0} of {total:N0} answers, {book.Remembered:N0} remembered")
                            + (cost == null ? "" : Invariant($"; they cost {spent:0.####}")));
                    }
                }
            });
    }
}
