using MlOpsBuild.Components.Session;
using MlOpsBuild.Delivery.Deployments;
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
            var assessment = await AssessAsync(session, pipeline, declared, cancellationToken);
            documents.Add(new(pipeline, assessment.Declared, assessment.Supported, assessment.Pieces));
            if (!session.Output.WantsDocument)
            {
                Show(session, pipeline, assessment);
            }
        }

        if (session.Output.WantsDocument)
        {
            session.Output.Document(documents);
        }
    }

    private static async Task<MaturityAssessment> AssessAsync(
        RunSession session, string pipeline, MaturityLevel declared, CancellationToken cancellationToken)
    {
        var reports = Path.Combine(session.Store.Folder, "reports");
        return MaturityAssessment.Of(
            declared,
            await session.Store.Runs.OfAsync(pipeline, cancellationToken),
            await new DeploymentStore(session.Store).OfAsync(pipeline, cancellationToken),
            await session.Store.Audit.ReadAsync(cancellationToken),
            Directory.Exists(reports) && Directory.EnumerateFiles(reports, "report.md", SearchOption.AllDirectories).Any());
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
