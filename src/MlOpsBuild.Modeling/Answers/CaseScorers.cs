using MlOpsBuild.Core;
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
    /// <exception cref="StageFailedException">A file is not what it should be.</exception>
    /// <param name="spec">Which.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="columns">Columns that a judge may be told.</param>
    /// <param name="personal">Those of personal data, which leave this machine for no judge.</param>
    /// <param name="book">Who asks judges.</param>
    public static CaseScorers Read(
        AnswerSpec spec, string root, IReadOnlyList<string> columns, IReadOnlyList<string> personal, AnswerBook book) => new(
        spec, [.. spec.Schemas.Select(file => SchemaAnswer.Read(file, root))],
        [
            .. spec.Judges.Select(judge => JudgeAnswer.Read(
                judge, root, judge.Endpoint.IsLocal ? columns : [.. columns.Except(personal)], book)),
        ]);

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

    /// <summary>What each says of an answer.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ScoreAsync(
        AskedCase one, string answer, int time, CancellationToken cancellationToken)
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

        foreach (var judge in _judges)
        {
            scores[judge.Name] = await judge.ScoreAsync(
                one.Request, answer, one.Expected, one.First + time, cancellationToken);
        }

        return scores;
    }
}
