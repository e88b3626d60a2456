using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>Where a candidate came from, fact by fact, with links where there is something to look at.</summary>
internal static class ReportLineage
{
    private const int ShownCommit = 12;

    public static IReadOnlyList<ReportFact> Of(ReportInput input)
    {
        var run = input.Run;
        return
        [
            new("run", run.Id, input.RunPage),
            new("started", run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
            run.Source is { } source
                ? new(
                    "commit",
                    $"{source.Commit[..Math.Min(ShownCommit, source.Commit.Length)]} ({source.Branch ?? "detached"}){Changes(source)}",
                    CommitPage(input.Repository, source.Commit))
                : new("commit", "no git repository"),
            new("data", $"{run.DataSource}, {string.Create(CultureInfo.InvariantCulture, $"{run.Rows:N0}")} rows, {run.Data?.Abbreviated}"),
            new("model", run.Model?.Abbreviated ?? "–"),
            new("bundle", run.Bundle is { } bundle ? $"v{run.Version} {bundle.Abbreviated}" : "not packaged"),
            Champion(input),
            new("parameters", string.Join(", ", run.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))),
            new("seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    // The commit alone did not make the model then.
    private static string Changes(SourceRevision source) => source.Dirty != true ? ""
        : $", with uncommitted changes{(source.Changes is { Count: > 0 } changes ? ": " + string.Join(", ", changes) : "")}";

    private static ReportFact Champion(ReportInput input) => input switch
    {
        { Run.Champion: null } => new("champion", "none"),
        { Champion: { Source: { } source } made } => new(
            "champion", $"v{input.Run.Champion}, run {made.Id}, commit {source.Commit[..Math.Min(ShownCommit, source.Commit.Length)]}",
            CommitPage(input.Repository, source.Commit)),
        _ => new("champion", $"v{input.Run.Champion}"),
    };

    // All hosts but one answer to this path.
    private static Uri? CommitPage(Uri? repository, string commit) =>
        repository == null ? null : new($"{repository}/{(repository.Host == "bitbucket.org" ? "commits" : "commit")}/{commit}");
}
