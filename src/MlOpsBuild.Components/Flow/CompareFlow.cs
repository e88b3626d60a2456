using System.Text;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Reporting.Comparing;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>Names of models → what differs between them, as tables, page and JSON.</summary>
internal static class CompareFlow
{
    private const string RunPrefix = "run:";

    public static async Task CompareAsync(
        RunSession session, string? only, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count < 2)
        {
            throw new UsageException(new Finding(
                "MLB7104", "There is nothing to compare with", "Compare", string.Join(' ', names), "two models or more",
                "name them: Compare v3 v5, or Compare v3 run:ID"));
        }

        var found = new List<(string Name, RunRecord Run)>();
        foreach (var name in names)
        {
            found.Add((name, await RunAsync(session, only, name, cancellationToken)));
        }

        if (found.Select(model => model.Run.Pipeline).Distinct().Count() > 1)
        {
            throw new UsageException(new Finding(
                "MLB7105", "Models of several pipelines have nothing to compare", "Compare",
                string.Join(", ", found.Select(model => $"{model.Name} of {model.Run.Pipeline}")), "models of one pipeline",
                "name models of one of them"));
        }

        var inputs = new List<ComparisonInput>();
        foreach (var (name, run) in found)
        {
            inputs.Add(await InputAsync(session, name, run, found[0].Run, cancellationToken));
        }

        var comparison = ComparisonComposer.Of(found[0].Run.Pipeline, inputs);
        var report = new ComparisonReport(comparison);
        var place = Path.Combine(session.Store.Folder, "comparisons", string.Join("-", names.Select(Plain)));
        await AtomicFile.WriteAsync(place + ".html", Encoding.UTF8.GetBytes(report.Html()), cancellationToken);
        await AtomicFile.WriteAsync(place + ".json", CanonicalJson.Serialize(comparison), cancellationToken);
        if (session.Output.WantsDocument)
        {
            session.Output.Document(comparison);
            return;
        }

        session.Output.Table(report.Metrics.Headers, report.Metrics.Rows);
        session.Output.Table(report.Models.Headers, report.Models.Rows);
        report.Words.ToList().ForEach(session.Output.Line);
        session.Output.Line($"with charts: {Path.GetRelativePath(session.Root, place)}.html");
    }

    private static async Task<RunRecord> RunAsync(RunSession session, string? only, string name, CancellationToken cancellationToken)
    {
        if (name.StartsWith(RunPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return await session.Store.Runs.FindAsync(name[RunPrefix.Length..], cancellationToken)
                ?? throw new UsageException(new Finding(
                    "MLB7106", "No such run", "Compare", name, "the name of a run, as a report or Lineage shows it",
                    "correct the name; with --remote the team's runs are known too"));
        }

        var version = await NamedVersion.FindAsync(session, only, name, "Compare", cancellationToken);
        return await version.RunAsync(session, "Compare", cancellationToken);
    }

    private static async Task<ComparisonInput> InputAsync(
        RunSession session, string name, RunRecord run, RunRecord first, CancellationToken cancellationToken)
    {
        var predictions = run.Predictions is { } digest && File.Exists(session.Store.Blobs.PathOf(digest))
            ? CanonicalJson.Deserialize<PredictionSet>(await session.Store.Blobs.ReadAsync(digest, cancellationToken))
            : null;
        var files = run.Source is { } now && first.Source is { } then
            ? await now.FilesSinceAsync(then, session.Root, session.Environment, cancellationToken)
            : null;
        return new(name, run, predictions, files);
    }

    // A file's name holds no colon on every system.
    private static string Plain(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));
}
