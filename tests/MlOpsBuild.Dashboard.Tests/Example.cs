using MlOpsBuild.Core;
using MlOpsBuild.Dashboard.State;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Dashboard.Tests;

/// <summary>A pipeline whose third version serves and got worse, beside one that is well.</summary>
internal static class Example
{
    public const string Hostile = "<img src=x onerror=alert(1)>";
    public static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServerInstance Third = Server(3, 5003);
    private static readonly ServerInstance Fourth = Server(4, 5004);

    /// <summary>An A/B test that goes on.</summary>
    public static ReportExperiment Experiment { get; } = ReportExperiment.Of(
        new()
        {
            Id = "20261101T000000.000Z-ab4-abc123", Pipeline = "Demand", Environment = "local", Version = 4, From = 3,
            Policy = new("revenue") { Design = ExperimentDesign.AlwaysValid }, Plan = new(4000, 4000, 1, 1, 20, 9, 0, 1), Seed = 1,
            Started = At.AddDays(-20), Actor = Hostile,
        },
        new(At, new(2010, 1990, 0.75, 0.02), 3900, 4000, ExperimentVerdict.Better, "revenue per unit differs by +2 [1, 3]: better")
        {
            Estimate = new(20, 22, 2, new(1, 3, 0.95), 1),
        });

    public static PlaceFacts Facts { get; } = new("Demand", "local")
    {
        Observed = new(
            Server(0, 5000), new() { Baseline = Third.Upstream, Canary = Fourth.Upstream, CanaryPercent = 25 },
            [
                new(Third, true, 75), new(Fourth, true, 25), new(Server(2, 5002), true, 0),
                new(Server(1, 5001), false, 0) { Problem = "killed" },
            ]),
        Champion = 3, Before = 2,
        Watched = new("Demand", "local", 3, At.UtcDateTime.AddDays(-30), At.UtcDateTime, 720, 700,
        [
            new("requests", Verdict.Passed, "720 asked, 0 refused"),
            new("loss", Verdict.Failed, "mean 8 against 4 on the hold-out") { Since = new(2026, 11, 10) },
            new("predictions", Verdict.Inconclusive, "mean 210") { Judged = false },
        ])
        {
            Columns = [new("temp", 0.31, 0.05, true), new("hour", 0.01, 0.04, false)],
            Slices = [new("plan", "1", 240, 9, 4, 0.9)],
        },
        Versions = [.. Enumerable.Range(1, 4).Select(number => new ModelVersion(
            number, Digest.Of($"b{number}"), Digest.Of($"m{number}"), $"r{number}", At.AddDays(number - 5), number == 1, null))],
        Runs = [.. Enumerable.Range(1, 4).Select(number => new RunRecord
        {
            Id = $"r{number}", Pipeline = "Demand", Started = At.AddDays(number - 5), Version = number, Data = Digest.Of($"d{number}"),
            Source = new("0123456789abcdef", "main"),
            Metrics = [new("RMSE", 100 - number, Direction.LowerIsBetter, 500) { Interval = new(90 - number, 110 - number, 0.95) }],
        })],
        Deployments =
        [
            new()
            {
                Id = "d4", Pipeline = "Demand", Environment = "local", Version = 4, Started = At, Outcome = DeploymentOutcome.RolledBack,
            },
        ],
        Moves =
        [
            Move(null, 1, AliasMoveKind.Promote), Move(1, 2, AliasMoveKind.Promote), Move(2, 1, AliasMoveKind.Rollback),
            Move(1, 2, AliasMoveKind.Promote), Move(2, 3, AliasMoveKind.Promote),
        ],
    };

    /// <summary>The same under a policy, with one agreement.</summary>
    public static PlaceFacts Governed { get; } = Facts with
    {
        Policy = ["promoted by role:release (github:ada)", "frozen until 2026-11-30 08:00 Europe/Berlin (weekend)"],
        Approvals = new Dictionary<int, IReadOnlyList<Approval>>
        {
            [4] =
            [
                new()
                {
                    Id = "1", Pipeline = "Demand", Environment = "local", Bundle = Digest.Of("b4"), Actor = "ada", Names = ["github:ada"],
                    Reason = "shadow looked good", At = At, Until = At.AddDays(3),
                },
            ],
        },
    };

    public static PlaceFacts Well { get; } = new("Churn", "docker")
    {
        Observed = new(Server(0, 6000), new() { Baseline = Server(1, 6001).Upstream }, [new(Server(1, 6001), true, 100)]), Champion = 1,
        Versions = [new(1, Digest.Of("b"), Digest.Of("m"), "r", At, false, null)],
    };

    public static IReadOnlyList<AuditEntry> Audit { get; } =
    [
        Entry(1, "deploy", "Demand/local", "not worse"),
        Entry(2, "monitor", "Demand/local", "loss: mean 8", ("verdict", "Failed")),
        Entry(3, "alert", "Demand/local", "Demand v3 on local got worse: loss", ("state", "Open")),
    ];

    public static DashboardState State => StateComposer.Of([Facts, Well], Audit);

    public static LiveCanary Canary { get; } = new("Demand", "local", 4, new CanaryPolicy(),
    [
        .. Enumerable.Range(1, 10).Select(second => new CanaryLook(
            At.AddSeconds(second), 25,
            new(second * 100, second * 50, second * 100, second * 90, 0,
                [new(BadEvent.Error, 0, 0, second * 50, second * 100, -0.5, 1, 0, 0.01)],
                new(second * 50, second * 50, 0, 3, 4.1, 4, 0, 0, second / 3.0, second / 2.0), null, null, 0),
            CanaryDecision.Continue, "not enough yet")),
    ]);

    private static ServerInstance Server(int version, int port) => new($"s{port}", "", 1, port, port + 1000, version, At, "/x");

    private static AliasMove Move(int? from, int to, AliasMoveKind kind) => new("champion", from, to, kind, At, "ann", "because");

    private static AuditEntry Entry(
        int sequence, string action, string subject, string reason, params (string Name, string Value)[] details) => new(
        sequence, At, "ann", action, subject, reason,
        new(details.ToDictionary(detail => detail.Name, detail => detail.Value), StringComparer.Ordinal), default);
}
