using System.Text.Json;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.Reporting.Rendering;

namespace MlOpsBuild.Components.Flow;

/// <summary>
/// Reports that other jobs of this build, or a fork's build, left behind → a comment on the pull request. A fork's files are a stranger's:
/// only figures and words are taken from them, written anew by this checkout's templates, and which pull request they belong to is asked
/// of the host.
/// </summary>
internal static class ForeignReportFlow
{
    private const string Origin = "Made by the code of a fork, on its own authority: nobody else has checked these figures.";
    private const long LargestReport = 10_000_000;
    private static readonly JsonSerializerOptions Strict = new(CanonicalJson.Options) { RespectNullableAnnotations = true };

    /// <summary>Publishes the reports in <paramref name="from"/>.</summary>
    /// <param name="session">The session.</param>
    /// <param name="from">The folder.</param>
    /// <param name="pipelines">The pipelines of this build.</param>
    /// <param name="affected">Those of them that this build was to report on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task PublishAsync(
        RunSession session, string from, IReadOnlyList<string> pipelines, IReadOnlyList<string> affected,
        CancellationToken cancellationToken)
    {
        var context = session.CodeHost ?? throw new UsageException(new Finding(
            "MLB7040", "Another build's reports are published by a build server only", "--from", from, "a workflow started by workflow_run",
            "let ./build.sh GenerateCi write the workflow"));
        var isForeign = context.Fork != null || context.Request == null;
        var request = isForeign ? await RequestAsync(session, context, cancellationToken) : context.Request;
        if (request == null)
        {
            session.Output.Warn("No open pull request has the commit that was built as its newest: nothing is published.");
            return;
        }

        var publications = new List<Publication>();
        foreach (var (path, report) in Find(session, from, cancellationToken))
        {
            if (!pipelines.Contains(report.Pipeline))
            {
                session.Output.Warn($"{path}: '{report.Pipeline}' is no pipeline of this repository (it has {string.Join(", ", pipelines)}); it is left out.");
                continue;
            }

            var writer = await ReportWriter.OfAsync(session.Root, report.Pipeline, cancellationToken);
            var markdown = Written(
                () => isForeign ? writer.Markdown(Shown(report, request.Value), Origin) : writer.Markdown(report), path);
            publications.Add(new(report.Pipeline, report.Verdict, report.Answer, markdown) { JudgesCommit = false });
        }

        if (pipelines.Count > 1)
        {
            // A job that broke early has left none.
            publications.AddRange(affected.Where(name => !isForeign && publications.All(publication => publication.Pipeline != name))
                .Select(name => Publication.NotTested(name, ["its job"])));
            await ReportFlow.PublishTogetherAsync(session, context with { Request = request }, publications, cancellationToken);
            return;
        }

        foreach (var publication in publications)
        {
            await ReportFlow.PublishAsync(session, context with { Request = request }, publication, cancellationToken);
        }
    }

    // A stranger's addresses and commands are not passed on.
    private static Report Shown(Report report, int request) => report with
    {
        Lineage = [.. report.Lineage.Select(fact => fact with { Link = null })],
        Reproduce =
            $"git fetch origin pull/{request}/head && git checkout FETCH_HEAD && ./build.sh TestModel Report --pipeline {report.Pipeline}",
    };

    private static async Task<int?> RequestAsync(RunSession session, CodeHostContext context, CancellationToken cancellationToken)
    {
        if (context.Fork is not { } fork || CodeHosts.OpenForks(context, session.Time) is not { } forks)
        {
            throw new UsageException(new Finding(
                "MLB7041", "It is not known whose report this is", "GITHUB_EVENT_PATH", null,
                "the payload of workflow_run, and GITHUB_TOKEN", "let ./build.sh GenerateCi write the workflow"));
        }

        try
        {
            return await forks.FindAsync(fork, cancellationToken);
        }
        catch (HostRefusedException refused)
        {
            throw new StageFailedException(
                "The pull request cannot be found",
                [new(
                    "MLB7042", "The host does not tell", context.Project, refused.Message, "pull requests that the token may read",
                    "give the job pull-requests: write")],
                Verdict.Error);
        }
    }

    private static IReadOnlyList<(string Path, Report Report)> Find(RunSession session, string from, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(from, session.Root);
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "report.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList()
            : [];
        if (files.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7043", "There is no report", "--from", from, "a folder with report.json in it",
                "download what the first workflow uploaded"));
        }

        var found = new List<(string, Report)>();
        foreach (var file in files)
        {
            var path = Path.GetRelativePath(session.Root, file);
            var length = new FileInfo(file).Length;
            found.Add((path, length > LargestReport
                ? throw NotAReport(path, $"{length} bytes")
                : Written(
                    () => JsonSerializer.Deserialize<Report>(File.ReadAllText(file), Strict) ?? throw new JsonException("null"), path)));
            cancellationToken.ThrowIfCancellationRequested();
        }

        // Of a pipeline's reports the last one counts; names of runs sort by time.
        return [.. found.GroupBy(report => report.Item2.Pipeline)
            .Select(reports => reports.MaxBy(report => report.Item2.Run, StringComparer.Ordinal))];
    }

    // A stranger's file may be wrong in any way, and none of them may do more than be refused.
    private static T Written<T>(Func<T> work, string path)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (problem is JsonException or NullReferenceException or ArgumentException or InvalidOperationException
            or FormatException or OverflowException or KeyNotFoundException)
        {
            throw NotAReport(path, problem.Message);
        }
    }

    private static StageFailedException NotAReport(string path, string what) =>
        new(
            "The report is not published",
            [new("MLB7044", "Not a report", path, what, "report.json as its schema has it", "look at the run that made it")],
            Verdict.Error);
}
