using System.Text.Json.Nodes;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Reporting.Maturity;

namespace MlOpsBuild.Components.Flow;

/// <summary>Store → declared level against the evidence.</summary>
internal static class MaturityFlow
{
    public static async Task ShowAsync(
        RunSession session, IReadOnlyCollection<string> pipelines, MaturityLevel declared, CancellationToken cancellationToken)
    {
        var documents = new List<MaturityDocument>();
        foreach (var pipeline in pipelines)
        {
            var facts = await FactsAsync(session, pipeline, cancellationToken);
            var assessment = MaturityAssessment.Of(declared, facts);
            var (others, score) = (OtherModel.Of(facts), TestScore.Of(facts));
            documents.Add(new(pipeline, assessment.Declared, assessment.Supported, assessment.Pieces)
            {
                Others = others, Score = score,
            });
            if (!session.Output.WantsDocument)
            {
                Show(session, pipeline, assessment);
                Show(session, others, score);
            }
        }

        if (session.Output.WantsDocument)
        {
            session.Output.Document(documents);
        }
    }

    private static async Task<MaturityFacts> FactsAsync(RunSession session, string pipeline, CancellationToken cancellationToken)
    {
        var runs = await session.Store.Runs.OfAsync(pipeline, cancellationToken);
        var reports = Path.Combine(session.Store.Folder, "reports");
        return new(
            runs, await new DeploymentStore(session.Store).OfAsync(pipeline, cancellationToken),
            await session.Store.Audit.ReadAsync(cancellationToken),
            Directory.Exists(reports) && Directory.EnumerateFiles(reports, "report.md", SearchOption.AllDirectories).Any())
        {
            Watched = await new MonitorResultStore(session.Store).OfAsync(pipeline, cancellationToken),
            SlicedReport = runs.FirstOrDefault(run => HasSlices(Path.Combine(reports, run.Id, "report.json"))) is { } sliced
                ? $".mlops/reports/{sliced.Id}"
                : null,
            Declarations = await DeclarationsAsync(session, pipeline, cancellationToken),
        };
    }

    // What people wrote and nobody can read is no silence.
    private static async Task<IReadOnlyList<Declaration>> DeclarationsAsync(
        RunSession session, string pipeline, CancellationToken cancellationToken)
    {
        var file = Path.Combine(session.Root, "pipelines", pipeline, "declarations.json");
        return !File.Exists(file) ? []
            : CanonicalJson.TryDeserialize<List<Declaration>>(await File.ReadAllBytesAsync(file, cancellationToken)) is { } declared
                && declared.TrueForAll(each => each is { Test: not null, Owner: not null, What: not null })
                ? declared
            : throw new UsageException(new Finding(
                "MLB7090", "These are no declarations", session.Named(file), null,
                """a list of { "test": "data 3", "owner": "…", "date": "2026-11-01", "what": "…" }""", "correct the file"));
    }

    private static bool HasSlices(string report) =>
        File.Exists(report) && JsonNode.Parse(File.ReadAllBytes(report))?["slices"] is JsonArray { Count: > 0 };

    private static void Show(RunSession session, IReadOnlyList<OtherModel> others, TestScore score)
    {
        foreach (var other in others)
        {
            session.Output.Line(
                $"{other.Name}: level {other.Supported} of {other.Highest}{(other.NextMissing is { } next ? $"; next: {next.Piece}" : "")}");
        }

        session.Output.Table(
            ["ML Test Score", "Points", "Evidence"],
            score.Tests.Select(test => (IReadOnlyList<string>)
            [
                $"{test.Section} {test.Number}: {test.Test}", FormattableString.Invariant($"{test.Points:0.#}"), test.Evidence ?? "",
            ]));
        session.Output.Line(FormattableString.Invariant($"ML Test Score {score.Score:0.#} ({score.Meaning}); what was done by hand counts half once it stands in pipelines/NAME/declarations.json"));
    }

    private static void Show(RunSession session, string pipeline, MaturityAssessment assessment)
    {
        session.Output.Table(
            ["Level", "Piece", "Evidence"],
            assessment.Pieces.Select(piece => (IReadOnlyList<string>)
            [
                $"{(int)piece.Level} {piece.Level}", piece.Piece, piece.Evidence ?? "missing"
            ]));
        session.Output.Line(
            $"{pipeline}: declared level {(int)assessment.Declared} ({assessment.Declared}), supported by evidence: {(int)assessment.Supported} ({assessment.Supported})");
        session.Output.Line(assessment.NextMissing is { } next
            ? $"next missing piece: {next.Piece}. How: {next.HowTo}"
            : "nothing is missing");
    }
}
