using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>Answers that a reviewer should read, as a table.</summary>
public static class AnswerTable
{
    /// <summary>The table; without rows where there is nothing to read.</summary>
    public static ReportTable Of(AnswerOutcome? answers)
    {
        var compared = answers?.Shown.Any(shown => shown.ChampionScore != null) == true;
        return new(
            compared
                ? ["case", "asked", "expected", "score", "champion", "answer", "champion's answer"]
                : ["case", "asked", "expected", "score", "answer"],
            [.. (answers?.Shown ?? []).Select(shown => (IReadOnlyList<string>)
            [
                Invariant($"{shown.Number}"), shown.Asked, shown.Expected ?? "", ReportText.Number(shown.Score),
                .. compared ? [ReportText.Number(shown.ChampionScore), shown.Answer, shown.ChampionAnswer ?? ""] : (string[])[shown.Answer],
            ])]);
    }

    /// <summary>What was asked, in a line; null of predictions.</summary>
    public static string? Line(AnswerOutcome? answers) => answers == null ? null
        : Invariant($"{answers.Cases:N0} cases, each asked {(answers.Repeats == 1 ? "once" : Invariant($"{answers.Repeats} times"))}")
            + (answers.Cut > 0 ? Invariant($"; {answers.Cut:N0} answers were cut at the most tokens they may have") : "")
            + (answers.Hidden ? "; answers are not shown, since cases hold personal data" : "");
}
