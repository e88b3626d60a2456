using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.Operations.Tests;

/// <summary>Four weeks in which versions were deployed; one was rolled back, one was found worse, one was stopped by its canary.</summary>
internal static class Delivered
{
    public static readonly DateTimeOffset From = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Until = From.AddDays(28);

    public static OperationsInput Input => new(
        "Demand", "local",
        [
            Run("r1", 1, "a1", 0, seconds: 10, value: 100), Run("r2", 2, "a2", 6, seconds: 30, value: 90),
            Run("r3", 3, "a3", 13, seconds: 20, value: 95), Run("r4", 4, "a4", 20, seconds: 999, value: 97, restored: true),
        ],
        [
            Deployment(1, 1, DeploymentOutcome.FirstServed), Deployment(2, 7, DeploymentOutcome.Promoted),
            Deployment(3, 14, DeploymentOutcome.Promoted), Deployment(4, 21, DeploymentOutcome.RolledBack),
            Deployment(4, 22, DeploymentOutcome.Promoted) with { Environment = "docker" },
        ],
        [.. Enumerable.Range(1, 4).Select(number => new ModelVersion(
            number, Digest.Of($"b{number}"), Digest.Of($"m{number}"), $"r{number}", From, false, null))],
        [
            Entry("deploy", 7, ("from", "v1"), ("to", "v2")),
            Entry("monitor", 8, ("version", "v2"), ("verdict", "Failed")),
            Entry("rollback", 8.5, ("from", "v2"), ("to", "v1"), ("milliseconds", "40")),
            Entry("deploy", 14, ("from", "v1"), ("to", "v3")),
            Entry("rollback", 16, ("from", "v3"), ("to", "v1"), ("milliseconds", "60")),
        ],
        new Dictionary<string, DateTimeOffset> { ["a1"] = From, ["a2"] = From.AddDays(5), ["a3"] = From.AddDays(13.5) });

    private static RunRecord Run(string id, int version, string commit, double day, double seconds, double value, bool restored = false) =>
        new()
        {
            Id = id, Pipeline = "Demand", Started = From.AddDays(day), Version = version, Source = new(commit, "main"),
            Stages = [new("train", Digest.Of(id), restored, null, seconds, seconds)],
            Metrics = [new("RMSE", value, Direction.LowerIsBetter, 1000) { Interval = new(value - 5, value + 5, 0.95) }],
        };

    private static DeploymentRecord Deployment(int version, double day, DeploymentOutcome outcome) => new()
    {
        Id = $"d{version}", Pipeline = "Demand", Environment = "local", Version = version, Started = From.AddDays(day),
        Ended = From.AddDays(day), Outcome = outcome,
    };

    private static AuditEntry Entry(string action, double day, params (string Name, string Value)[] details) => new(
        1, From.AddDays(day), "ann", action, "Demand/local", "because",
        new(details.ToDictionary(detail => detail.Name, detail => detail.Value), StringComparer.Ordinal), default);
}
