using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Reporting.Operations;

/// <summary>Runs, deployments and audit log → figures of delivery.</summary>
public sealed class OperationsComposer(OperationsInput input)
{
    private const string TrainStage = "train";

    private string Subject => $"{input.Pipeline}/{input.Environment}";

    /// <summary>The figures from <paramref name="from"/> to <paramref name="until"/>.</summary>
    public OperationsMetrics Between(DateTimeOffset from, DateTimeOffset until)
    {
        var deployments = input.Deployments
            .Where(deployment => deployment.Environment == input.Environment && deployment.Ended >= from && deployment.Ended <= until)
            .ToList();
        var trained = input.Runs.Where(run => run.Started >= from && run.Started <= until).OrderBy(run => run.Started).ToList();
        var first = input.Runs.Count == 0 ? from : input.Runs.Min(run => run.Started);
        return new(input.Pipeline, input.Environment, first > from ? first : from, until)
        {
            Changes =
            [
                .. deployments.Where(deployment => deployment is { PutInPlace: true, Rehearsed: false })
                    .OrderBy(deployment => deployment.Ended).Select(OutcomeOf),
            ],
            StoppedByCanary = deployments.Count(deployment => deployment.Outcome == DeploymentOutcome.RolledBack),
            Rollbacks =
            [
                .. Entries("rollback").Where(entry => entry.At >= from && entry.At <= until)
                    .Select(entry => entry.Details.GetValueOrDefault("milliseconds")).OfType<string>()
                    .Select(text => double.Parse(text, CultureInfo.InvariantCulture) / 1000),
            ],
            Trainings =
            [
                .. trained.SelectMany(run => run.Stages).Where(stage => stage is { Stage: TrainStage, Restored: false })
                    .Select(stage => stage.Seconds),
            ],
            Quality = QualityPoint.Of(trained),
        };
    }

    private IEnumerable<AuditEntry> Entries(string action) =>
        input.Audit.Where(entry => entry.Action == action && entry.Subject == Subject);

    // A version that served again after a rollback is no change of its own: it fails or not from the day that it was deployed.
    private ChangeOutcome OutcomeOf(DeploymentRecord deployment)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{deployment.Version}");
        var noticed = Entries("monitor").FirstOrDefault(entry => entry.At >= deployment.Ended
            && entry.Details.GetValueOrDefault("version") == name
            && entry.Details.GetValueOrDefault("verdict") == nameof(Verdict.Failed));
        var withdrawn = Entries("rollback")
            .FirstOrDefault(entry => entry.At >= deployment.Ended && entry.Details.GetValueOrDefault("from") == name);
        var failed = noticed?.At ?? withdrawn?.At;
        return new(
            deployment.Version, deployment.Ended, LeadTimeOf(deployment), failed,
            failed is { } since ? NextAfter(since, deployment.Version) : null, noticed != null);
    }

    private DateTimeOffset? NextAfter(DateTimeOffset since, int version) => Entries("rollback").Concat(Entries("deploy"))
        .Where(entry => entry.At >= since && entry.Details.GetValueOrDefault("to") is { } to
            && to != string.Create(CultureInfo.InvariantCulture, $"v{version}"))
        .Select(entry => (DateTimeOffset?)entry.At).Min();

    private TimeSpan? LeadTimeOf(DeploymentRecord deployment)
    {
        var made = input.Versions.FirstOrDefault(version => version.Number == deployment.Version)?.Run;
        var commit = input.Runs.FirstOrDefault(run => run.Id == made)?.Source?.Commit;
        return commit != null && input.Commits.TryGetValue(commit, out var at) ? deployment.Ended - at : null;
    }
}
