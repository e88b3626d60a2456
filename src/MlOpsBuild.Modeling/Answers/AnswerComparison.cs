using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>Picks the cases that a reviewer should read.</summary>
public static class AnswerComparison
{
    private const int MostShown = 10;
    private const int MostCharacters = 300;
    private const double Same = 1e-9;

    /// <summary>What <paramref name="candidate"/> answered, beside the same cases' answers of the champion.</summary>
    /// <param name="candidate">The candidate's cases.</param>
    /// <param name="champion">The champion's, in the same order; null without any.</param>
    /// <param name="personal">
    /// Columns of personal data: where one of both was told any, or what is expected is personal, neither question nor answer is shown.
    /// </param>
    /// <param name="label">The column with what is expected.</param>
    public static AnswerOutcome Of(
        IReadOnlyList<AnsweredCase> candidate, IReadOnlyList<AnsweredCase>? champion, IReadOnlyList<string> personal, string label)
    {
        var theirs = champion?.Count == candidate.Count ? champion : null;
        var hidden = personal.Contains(label)
            || candidate.Concat(theirs ?? []).Any(one => one.Features.Any(feature => personal.Contains(feature.Key)));
        var ranked = Enumerable.Range(0, candidate.Count).Select(place => (Place: place, Change: theirs == null
            ? candidate[place].Score - 1
            : candidate[place].Score - theirs[place].Score)).Where(one => Math.Abs(one.Change) > Same).ToList();
        var half = theirs == null ? MostShown : MostShown / 2;
        IEnumerable<int> shown =
        [
            .. ranked.Where(one => one.Change < 0).OrderBy(one => one.Change).ThenBy(one => one.Place).Take(half).Select(one => one.Place),
            .. ranked.Where(one => one.Change > 0).OrderByDescending(one => one.Change).ThenBy(one => one.Place).Take(half)
                .Select(one => one.Place).Reverse(),
        ];
        return new(
            candidate.Count, candidate is [var first, ..] ? first.Answers.Count : 0,
            candidate.Sum(one => one.Answers.Count(answer => answer.Cut)),
            [.. shown.Select(place => Show(place, candidate, theirs, hidden))])
        {
            Hidden = hidden,
        };
    }

    private static ShownCase Show(int place, IReadOnlyList<AnsweredCase> candidate, IReadOnlyList<AnsweredCase>? champion, bool hidden)
    {
        var (mine, theirs) = (candidate[place], champion?[place]);
        var better = mine.Score > theirs?.Score;
        return new(
            place + 1, hidden ? "" : Line(string.Join(", ", mine.Features.Select(feature => FieldText.Of(feature.Value)))),
            hidden || mine.Expected == null ? null : Line(mine.Expected), mine.Score, hidden ? "" : Line(Telling(mine, better)))
        {
            ChampionScore = theirs?.Score, ChampionAnswer = hidden || theirs == null ? null : Line(Telling(theirs, !better)),
        };
    }

    private static string Telling(AnsweredCase one, bool best) =>
        (best ? one.Answers.MaxBy(answer => answer.Score) : one.Answers.MinBy(answer => answer.Score))!.Text;

    private static string Line(string text) => Excerpt.Line(text, MostCharacters);
}
