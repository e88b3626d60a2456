using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Maturity;

/// <summary>Compares a declared level with what the store shows was really done.</summary>
/// <param name="Declared">The level of the build's bundle interface.</param>
/// <param name="Pieces">Everything the levels ask for, in order.</param>
public sealed record MaturityAssessment(MaturityLevel Declared, IReadOnlyList<MaturityPiece> Pieces)
{
    /// <summary>The highest level with evidence for each of its pieces and of the levels below.</summary>
    public MaturityLevel Supported => Enum.GetValues<MaturityLevel>()
        .TakeWhile(level => Pieces.Where(piece => piece.Level == level).All(piece => piece.Evidence != null))
        .Last();

    /// <summary>The first piece without evidence, or null.</summary>
    public MaturityPiece? NextMissing => Pieces.FirstOrDefault(piece => piece.Evidence == null);

    /// <summary>
    /// Assesses <paramref name="runs"/>, <paramref name="deployments"/> and <paramref name="audit"/>, each newest first or in any order.
    /// </summary>
    public static MaturityAssessment Of(
        MaturityLevel declared, IReadOnlyList<RunRecord> runs, IReadOnlyList<DeploymentRecord> deployments, IReadOnlyList<AuditEntry> audit,
        bool reported)
    {
        var validated = runs.FirstOrDefault(run => run.Rows > 0);
        var trained = runs.FirstOrDefault(run => run.Model != null);
        var tested = runs.FirstOrDefault(run => run.Verdict == Verdict.Passed);
        var packaged = runs.FirstOrDefault(run => run.Bundle != null);
        var promoted = deployments.FirstOrDefault(deployment => deployment.Outcome == DeploymentOutcome.Promoted);
        var rollback = audit.LastOrDefault(entry => entry.Action == "rollback");
        var monitored = audit.LastOrDefault(entry => entry.Action == "monitor");
        return new(declared,
        [
            new(
                MaturityLevel.ContinuousData, "data validated against its contract",
                validated == null ? null : string.Create(CultureInfo.InvariantCulture, $"run {validated.Id}, {validated.Rows:N0} rows"),
                "./build.sh ValidateData"),
            new(
                MaturityLevel.ContinuousTraining, "a model trained with data, code and seed recorded",
                trained == null ? null : $"run {trained.Id}, model {trained.Model!.Value.Abbreviated}", "./build.sh Train"),
            new(
                MaturityLevel.ContinuousIntegration, "gates passed on a hold-out", tested == null ? null : $"run {tested.Id}",
                "./build.sh TestModel"),
            new(
                MaturityLevel.ContinuousIntegration, "a bundle that passed its contract test",
                packaged == null ? null : $"v{packaged.Version}", "./build.sh Package"),
            new(MaturityLevel.ContinuousIntegration, "a report written", reported ? ".mlops/reports" : null, "./build.sh Report"),
            new(
                MaturityLevel.ContinuousDeployment, "a version promoted by a canary", promoted == null ? null : $"deployment {promoted.Id}",
                "./build.sh Train Deploy (with a version serving already)"),
            new(
                MaturityLevel.ContinuousDeployment, "a rollback done or rehearsed",
                rollback == null ? null : $"audit entry {rollback.Sequence}", "./build.sh Rollback --reason rehearsal"),
            new(
                MaturityLevel.ContinuousDeployment, "what serves is monitored",
                monitored == null ? null : $"audit entry {monitored.Sequence}",
                "./build.sh Monitor (with a version serving)"),
        ]);
    }
}
