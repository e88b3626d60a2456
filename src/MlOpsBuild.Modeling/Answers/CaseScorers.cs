using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>All scorers of a pipeline, their files read.</summary>
internal sealed class CaseScorers
{
    private const int MostTold = 20;
    private readonly AnswerSpec _spec;
    private readonly IReadOnlyList<SchemaAnswer> _schemas;
    private readonly IReadOnlyList<JudgeAnswer> _judges;

    private CaseScorers(AnswerSpec spec, IReadOnlyList<SchemaAnswer> schemas, IReadOnlyList<JudgeAnswer> judges) =>
        (_spec, _schemas, _judges) = (spec, schemas, judges);

    /// <summary>Reads them.</summary>
    /// <param name="spec">Which.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="columns">What cases hold.</param>
    /// <param name="book">Who asks judges.</param>
    /// <exception cref="StageFailedException">A file is not what it should be, or would be told what it may not read.</exception>
    public static CaseScorers Read(AnswerSpec spec, string root, CaseColumns columns, AnswerBook book) => new(
        spec, [.. spec.Schemas.Select(file => SchemaAnswer.Read(file, root))],
        [.. spec.Judges.Select(judge => JudgeAnswer.Read(judge, root, columns, book))]);

    /// <summary>Requires that every case can be scored.</summary>
    /// <exception cref="StageFailedException">Some lack what a good answer says, or there is none.</exception>
    public void Require(IReadOnlyList<AskedCase> cases)
    {
        if (cases.Count == 0)
        {
            throw new StageFailedException(
                "Not enough data", [new("MLB2002", "Too few rows", "ask", "no case", "at least one", "add cases")], Verdict.Inconclusive);
        }

        var lacking = cases.Index().Where(known => known.Item.Expected == null).Select(known => known.Index + 1).ToList();
        if (lacking.Count > 0 && _spec.Texts.FirstOrDefault(scorer => scorer.NeedsExpected) is { } scorer)
        {
            throw new StageFailedException(new Finding(
                "MLB2066", "A case does not say what is expected", $"scorer {scorer.Name}",
                $"cases {string.Join(", ", lacking.Take(MostTold))}{(lacking.Count > MostTold ? Invariant($", {lacking.Count} in all") : "")}",
                "a label in every case", "fill them in, or take scorers that compare with nothing: Matches, Schema, Judge"));
        }
    }

    /// <summary>What each scorer says of every answer, case by case and answer by answer.</summary>
    public async Task<IReadOnlyDictionary<string, double>[][]> ScoreAsync(
        IReadOnlyList<AskedCase> cases, ChatAnswer[][] answers, CancellationToken cancellationToken)
    {
        var scores = cases.Select((one, index) => answers[index].Select(answer => OfTexts(one, answer.Text)).ToArray()).ToArray();
        foreach (var judge in _judges)
        {
            await JudgeAsync(judge, cases, answers, scores, cancellationToken);
        }

        return [.. scores.Select(row => row.Select(known => (IReadOnlyDictionary<string, double>)known).ToArray())];
    }

    private SortedDictionary<string, double> OfTexts(AskedCase one, string answer)
    {
        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var scorer in _spec.Texts)
        {
            scores[scorer.Name] = scorer.Score(answer, one.Expected);
        }

        foreach (var scorer in _schemas)
        {
            scores[scorer.Name] = scorer.Score(answer);
        }

        return scores;
    }

    // Two answers that say the same get a judgement each, in the order of cases whatever is answered first.
    private static async Task JudgeAsync(
        JudgeAnswer judge, IReadOnlyList<AskedCase> cases, ChatAnswer[][] answers, SortedDictionary<string, double>[][] scores,
        CancellationToken cancellationToken)
    {
        var before = new AskedBefore();
        var questions = new List<(IReadOnlyList<PromptMessage> Messages, int Time, SortedDictionary<string, double> Scores)>();
        foreach (var (index, one) in cases.Index())
        {
            foreach (var (time, answer) in answers[index].Index())
            {
                var messages = judge.QuestionOf(one, answer.Text);
                var key = string.Join('\0', messages.Select(message => $"{message.Role}\0{message.Text}"));
                questions.Add((messages, before.Count(key).Time, scores[index][time]));
            }
        }

        await Parallel.ForEachAsync(
            questions, new ParallelOptions { MaxDegreeOfParallelism = judge.AtOnce, CancellationToken = cancellationToken },
            async (question, token) => question.Scores[judge.Name] = await judge.ScoreAsync(question.Messages, question.Time, token));
    }
}
