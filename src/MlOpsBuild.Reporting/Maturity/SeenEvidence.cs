using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Monitoring;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Maturity;

/// <summary>Pieces of evidence by name: where each can be looked at, or null where there is none.</summary>
internal sealed class SeenEvidence(MaturityFacts facts)
{
    private const string OnServer = "server";

    public string? Validated =>
        facts.Runs.FirstOrDefault(run => run.Rows > 0) is { } run ? Invariant($"run {run.Id}, {run.Rows:N0} rows") : null;

    public string? Trained =>
        facts.Runs.FirstOrDefault(run => run.Model != null) is { } run ? $"run {run.Id}, model {run.Model!.Value.Abbreviated}" : null;

    public string? Tested => facts.Runs.FirstOrDefault(run => run.Verdict == Verdict.Passed) is { } run ? $"run {run.Id}" : null;

    public string? Packaged => facts.Runs.FirstOrDefault(run => run.Bundle != null) is { } run ? $"v{run.Version}" : null;

    public string? Promoted =>
        facts.Deployments.FirstOrDefault(deployment => deployment.Outcome == DeploymentOutcome.Promoted) is { } promoted
            ? $"deployment {promoted.Id}"
            : null;

    public string? RolledBack => Audit("rollback");

    public string? Monitored => Audit("monitor");

    public string? Versioned => facts.Runs.FirstOrDefault(run => run.Source != null) is { } run
        ? $"run {run.Id}, commit {Short(run.Source!.Commit)}"
        : null;

    public string? Traceable => facts.Runs.FirstOrDefault(run => run is { Version: not null, Data: not null, Source: not null }) is { } run
        ? $"v{run.Version}: run {run.Id}, data {run.Data!.Value.Abbreviated}, commit {Short(run.Source!.Commit)}"
        : null;

    public string? BuiltOnServer => facts.Runs.FirstOrDefault(run => run.Machine.ContainsKey(OnServer)) is { } run
        ? $"run {run.Id} on {run.Machine[OnServer]}"
        : null;

    public string? Triggered => OfTriggers(null);

    public string? TriggeredByDecay => OfTriggers("Drift:", "Loss:");

    public string? BeatsSimpler => facts.Runs.SelectMany(run => run.Gates.Select(gate => (run, gate)))
        .FirstOrDefault(pair => pair.gate.Verdict == Verdict.Passed && pair.gate.Gate.Contains(" beats ", StringComparison.Ordinal))
            is { gate: { } gate } found
        ? $"run {found.run.Id}: {gate.Gate}"
        : null;

    public string? Contracted => facts.Runs.FirstOrDefault(run => run is { Bundle: not null, Checks.Count: > 0 }
        && run.Checks.All(check => check.Verdict == Verdict.Passed)) is { } run
        ? $"run {run.Id}: {string.Join(", ", run.Checks.Select(check => check.Check))}"
        : null;

    public string? TwiceTheSame => facts.Runs.SelectMany(run => run.Stages.Where(stage => stage is { Stage: "train", Restored: false })
            .Select(stage => (run, stage.Key)))
        .GroupBy(pair => pair.Key).Where(same => same.Count() > 1 && same.Select(pair => pair.run.Model).Distinct().Count() == 1)
        .Select(same =>
            $"runs {string.Join(" and ", same.Take(2).Select(pair => pair.run.Id))} trained {same.First().run.Model?.Abbreviated} twice")
        .FirstOrDefault();

    public string? ServedAfterGates => facts.Deployments.Where(deployment => deployment is { PutInPlace: true, Rehearsed: false })
        .Select(deployment => facts.Runs.FirstOrDefault(run => run.Version == deployment.Version && run.Verdict == Verdict.Passed))
        .OfType<Store.Runs.RunRecord>().FirstOrDefault() is { } run
        ? $"v{run.Version}: the gates of run {run.Id} passed before it served"
        : null;

    public string? JudgedByCanary => facts.Deployments.FirstOrDefault(deployment => deployment.Looks.Count > 0) is { } deployment
        ? Invariant($"deployment {deployment.Id}, {deployment.Looks.Count} looks")
        : null;

    public string? Aspect(params string[] names) => facts.Watched
        .SelectMany(result => result.Aspects.Select(aspect => (result, aspect)))
        .FirstOrDefault(pair => names.Contains(pair.aspect.Name) && pair.aspect.Judged && pair.aspect.Verdict != Verdict.Inconclusive) is
            { aspect: MonitorAspect aspect } found
        ? Invariant($"Monitor of {found.result.Until:yyyy-MM-dd}, {aspect.Name}: {aspect.Verdict}")
        : null;

    private string? OfTriggers(params string[]? causes) => facts.Runs.FirstOrDefault(run => run.Triggers?.Any(trigger =>
        causes == null || causes.Any(cause => trigger.StartsWith(cause, StringComparison.Ordinal))) == true) is { } run
        ? $"run {run.Id}: {run.Triggers![0]}"
        : null;

    private string? Audit(string action) => facts.Audit.LastOrDefault(entry => entry.Action == action) is { } entry
        ? string.Create(CultureInfo.InvariantCulture, $"audit entry {entry.Sequence}")
        : null;

    private static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;
}
