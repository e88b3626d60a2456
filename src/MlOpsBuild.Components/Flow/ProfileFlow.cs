using MlOpsBuild.Components.Session;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Summaries;
using MlOpsBuild.Reporting.Profiles;

namespace MlOpsBuild.Components.Flow;

/// <summary>Data as they are → table, page and figures of what they look like.</summary>
internal static class ProfileFlow
{
    /// <summary>Looks at a pipeline's data, beside what its contract promises.</summary>
    public static async Task ProfileAsync(RunSession session, PipelineRun run, string? data, CancellationToken cancellationToken)
    {
        var snapshot = (await TrainingFlow.IngestAsync(session, run, data, cancellationToken)).Snapshot;
        var summary = (await run.RunAsync(
            new ProfileStage(), new ValidateInput(snapshot, run.Specification.Contract), cancellationToken)).Result;
        await TellAsync(
            session, new(summary, run.Record.Simulated), summary, Path.Combine(session.Store.Folder, "reports", run.Record.Id),
            cancellationToken);
    }

    /// <summary>Looks at files that no pipeline knows.</summary>
    public static async Task ProfileAsync(RunSession session, string data, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(data);
        List<TableFile> files = [.. (await SourceFiles.LocateAsync(data, session.Root, cancellationToken))
            .Select(file => TableFile.At(file.Path, file.Name, TableFormat.Usual))];
        var named = await MissingHeader.NamedAsync(files[0], cancellationToken);
        if (named != files[0])
        {
            session.Output.Warn($"{named.Name} has no header: its first line is a row, and its columns are called column1, column2, …");
            files = [.. files.Select(file => file with { Format = named.Format })];
        }

        var summary = await TableSummarizer.OfAsync(name, files, null, new OutputProgress(session.Output), cancellationToken);
        await TellAsync(
            session, new(summary, simulated: false), summary,
            Path.Combine(
                session.Store.Folder, "reports", "profiles",
                string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'))),
            cancellationToken);
    }

    private static async Task TellAsync(
        RunSession session, ProfileReport report, DataSummary summary, string folder, CancellationToken cancellationToken)
    {
        session.Output.Table(report.Summary.Headers, report.Summary.Rows);
        if (report.Promises.Any)
        {
            session.Output.Table(report.Promises.Headers, report.Promises.Rows);
        }

        summary.Findings.ToList().ForEach(finding => session.Output.Warn(finding.ToString()));
        session.Output.Line(report.Answer);
        await report.WriteAsync(folder, cancellationToken);
        session.Output.Line($"profile: {Path.GetRelativePath(session.Root, folder)}/profile.html, profile.json");
        session.Note(FormattableString.Invariant($"{summary.Rows:N0} rows"));
    }
}
