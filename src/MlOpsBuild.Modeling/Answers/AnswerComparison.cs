using System.Buffers;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>Picks the cases that a reviewer should read.</summary>
public static class AnswerComparison
{
    private const int MostShown = 10;
    private const int MostCharacters = 300;
    private const double Same = 1e-9;

    /// <summary>Characters that turn the direction of what follows.</summary>
    private static readonly SearchValues<char> Turning = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>What <paramref name="candidate"/> answered, beside the same cases' answers of the champion.</summary>
    /// <param name="candidate">The candidate's cases.</param>
    /// <param name="champion">The champion's, in the same order; null without any.</param>
    /// <param name="personal">Columns of personal data: where a case holds any, no answer is shown.</param>
    public static AnswerOutcome Of(
        IReadOnlyList<AnsweredCase> candidate, IReadOnlyList<AnsweredCase>? champion, IReadOnlyList<string> personal)
    {
        var theirs = champion?.Count == candidate.Count ? champion : null;
        var hidden = candidate.Any(one => one.Features.Any(feature => personal.Contains(feature.Key)));
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

    // What a language model says may be meant for a terminal, or to be read in another order than it stands.
    private static string Line(string text) => Excerpt.Of(
        string.Join(' ', string.Concat(text.Select(letter => char.IsControl(letter) || Turning.Contains(letter) ? ' ' : letter))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        MostCharacters);
}
