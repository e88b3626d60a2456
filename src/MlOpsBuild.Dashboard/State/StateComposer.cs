using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Operations;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Dashboard.State;

/// <summary>Facts → what is shown. It measures and decides nothing.</summary>
public static class StateComposer
{
    private const int MostVersions = 50;
    private const int MostMoves = 50;
    private const int MostEntries = 100;
    private const int MostAlerts = 20;
    private const int MostColumns = 15;
    private const int MostMetrics = 3;
    private static readonly string[] Telling = ["alert", "monitor"];

    /// <summary>All of it.</summary>
    /// <param name="places">Where pipelines serve.</param>
    /// <param name="audit">The audit log, the oldest entry first.</param>
    public static DashboardState Of(IReadOnlyList<PlaceFacts> places, IReadOnlyList<AuditEntry> audit) => new(
        [.. places.Select(Of)],
        [.. audit.Reverse().Where(entry => Telling.Contains(entry.Action)).Take(MostAlerts).Select(Of)],
        [.. audit.Reverse().Take(MostEntries).Select(Of)]);

    private static PlaceView Of(PlaceFacts facts) => new(facts.Pipeline, facts.Environment)
    {
        Address = facts.Observed?.Address?.ToString(), Problem = facts.Problem, Champion = facts.Champion,
        Before = facts.Before,
        Servers =
        [
            .. (facts.Observed?.Servers ?? []).OrderByDescending(server => server.Percent).Select(server => new ServerView(
                server.Instance.Version, facts.Observed!.RoleOf(server, facts.Champion), server.Percent,
                !server.Alive ? $"dead{(server.Problem is { } why ? $": {why}" : "")}" : server.Percent > 0 ? "serves" : "warm")),
        ],
        Canary = facts.Canary is { } live ? Of(live) : null,
        Experiment = facts.Experiment is { } test ? Of(test) : null,
        Policy = facts.Policy, NeedsApproval = facts.Approvals != null,
        Watch = facts.Watched is { } watched ? Of(watched) : null,
        Quality = QualityChart.Of(QualityPoint.Of(facts.Runs)) is { } quality ? SvgChart.Draw(quality) : null,
        Versions =
        [
            .. facts.Versions.OrderByDescending(version => version.Number).Take(MostVersions).Select(version => Of(version, facts)),
        ],
        History =
        [
            .. facts.Moves.Reverse().Take(MostMoves).Select(move => new MoveView(
                Time(move.At), Invariant($"{Name(move.From)} → {Name(move.To)}"), move.Actor, move.Reason)),
        ],
    };

    private static CanaryView Of(LiveCanary live)
    {
        var last = live.Looks.Count > 0 ? live.Looks[^1] : null;
        return new(
            live.Version, last?.CanaryPercent ?? 0,
            Invariant($"{last?.Seen.Requests ?? 0:N0} of at most {live.Policy.MaximumRequests:N0}"),
            last?.Seen.Loss is { } loss
                ? Invariant($"{loss.Candidate:G4} against {loss.Champion:G4} on {loss.OnSameRequest:N0} same requests")
                : "no label came yet",
            live.Left is { } left ? Invariant($"at most {(left.TotalMinutes >= 2 ? $"{left.TotalMinutes:0} min" : $"{left.TotalSeconds:0} s")}") : "",
            last?.Reason ?? "it begins", CanaryChart.Of(live.Looks, live.Policy) is { } chart ? SvgChart.Draw(chart) : null);
    }

    private static ExperimentView Of(ReportExperiment test) => new(
        test.Version, test.From, test.Decision == ExperimentDecision.Open,
        test.Look?.Verdict.ToString() ?? ExperimentVerdict.Running.ToString(), test.Lines, test.Arms?.Headers ?? [],
        test.Arms?.Rows ?? []);

    private static WatchView Of(MonitorResult watched) => new(
        watched.Version, watched.Verdict.ToString(), Day(watched.Since),
        Invariant($"{watched.Rows:N0} rows from {watched.From:yyyy-MM-dd} to {watched.Until:yyyy-MM-dd HH:mm} UTC, {watched.Labelled:N0} with labels"),
        [
            .. watched.Aspects.Select(aspect =>
                new AspectView(aspect.Name, aspect.Verdict.ToString(), aspect.Judged, Day(aspect.Since), aspect.Evidence)),
        ],
        DriftOf([.. watched.Columns.Where(column => double.IsFinite(column.Index)).Take(MostColumns)]),
        [
            .. watched.Slices.Select(slice => Invariant(
                $"{slice.Column} = {slice.Value}: loss {slice.Loss:G4}, {slice.HoldOut:G4} on the hold-out, {slice.Share:0 %} of the rise")),
        ]);

    private static string? DriftOf(IReadOnlyList<MonitoredColumn> columns) => columns.Count == 0 ? null : SvgChart.Draw(new()
    {
        Title = "drift by column (population stability index)", Form = ChartForm.Bars,
        Marks = [.. columns.Select((column, index) => new ChartMark(index, column.Column))],
        Series =
        [
            new("now", [.. columns.Select((column, index) => new ChartPoint(index, column.Index))]),
            .. columns.All(column => column.ByChance != null)
                ? [new("by chance", [.. columns.Select((column, index) => new ChartPoint(index, column.ByChance!.Value))])]
                : Array.Empty<ChartSeries>(),
        ],
    });

    private static VersionView Of(ModelVersion version, PlaceFacts facts)
    {
        var run = facts.Runs.FirstOrDefault(run => run.Id == version.Run);
        var deployed = facts.Deployments.FirstOrDefault(record =>
            record.Version == version.Number && record.Environment == facts.Environment);
        var commit = run?.Source is { } source ? $", commit {source.ShortCommit}" : "";
        return new(
            version.Number, Time(version.At),
            string.Join(", ", (run?.Metrics ?? []).Take(MostMetrics).Select(metric => Invariant($"{metric.Name} {metric.Value:G4}"))),
            $"run {version.Run}{(run?.Data is { } data ? $", data {data.Abbreviated}" : "")}{commit}{(run?.Triggers is { Count: > 0 } why ? $"; {why[0]}" : "")}",
            version.Simulated,
            version.Number == facts.Champion ? "serves"
                : facts.Moves.LastOrDefault(move => move.From == version.Number) is { Kind: AliasMoveKind.Rollback } ? "rolled back"
                : deployed == null ? "" : Words(deployed.Outcome),
            string.Join(", ", (facts.Approvals?.GetValueOrDefault(version.Number) ?? []).Select(approval =>
                Invariant($"approved by {approval.Actor} until {approval.Until.UtcDateTime:yyyy-MM-dd HH:mm}"))));
    }

    private static AuditView Of(AuditEntry entry) => new(
        Time(entry.At),
        (entry.Details.GetValueOrDefault("verdict") ?? entry.Details.GetValueOrDefault("state")) is { } state
            ? $"{entry.Action}: {state}"
            : entry.Action,
        entry.Subject, entry.Actor, entry.Reason);

    // RolledBack → rolled back.
    private static string Words(DeploymentOutcome outcome) => string.Concat(outcome.ToString().Select((letter, index) =>
        index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));

    private static string Name(int? version) => version is { } number ? Invariant($"v{number}") : "nothing";

    private static string Time(DateTimeOffset at) => Invariant($"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}");

    private static string? Day(DateOnly? day) => day is { } known ? Invariant($"{known:yyyy-MM-dd}") : null;
}
