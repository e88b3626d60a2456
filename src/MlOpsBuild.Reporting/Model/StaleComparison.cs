using MlOpsBuild.Store.Baselines;

namespace MlOpsBuild.Reporting.Model;

/// <summary>Whether the world moved on since the comparison was made.</summary>
internal static class StaleComparison
{
    /// <summary>What moved on, in a sentence; null when nothing did.</summary>
    public static string? Of(ReportInput input)
    {
        List<string?> reasons = [Champion(input), Branch(input.Baseline)];
        var known = reasons.OfType<string>().ToList();
        return known.Count > 0 ? string.Join(" ", known) : null;
    }

    private static string? Champion(ReportInput input) => input.Serving is { } now && now != input.Run.Champion && now != input.Run.Version
        ? $"Compared with {(input.Run.Champion is { } then ? $"v{then}" : "nothing")}, but v{now} serves now."
        : null;

    private static string? Branch(ChangeBaseline baseline) =>
        baseline is { Commit: { } commit, Run: { } tested, LastOnBranch: { Source: { } source } last }
            && source.Commit != commit
            && last.Started > tested.Started
            ? $"{baseline.Branch} has moved on: run {last.Id} tested a later commit of it."
            : null;
}
