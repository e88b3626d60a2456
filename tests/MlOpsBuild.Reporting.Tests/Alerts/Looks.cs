using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Monitoring;

namespace MlOpsBuild.Reporting.Alerts.Tests;

/// <summary>Results of looking after what serves.</summary>
internal static class Looks
{
    public static readonly DateTime At = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    public static MonitorResult Failed(int version = 3, params string[] aspects) => Of(
        version,
        [.. (aspects is [] ? ["loss"] : aspects).Select(name =>
            new MonitorAspect(name, Verdict.Failed, "mean 8 <of> 24 rows, 4 on the hold-out") { Since = new(2026, 11, 10) })]);

    public static MonitorResult Passed(int version = 3) => Of(version, [new("loss", Verdict.Passed, "mean 4")]);

    public static MonitorResult Inconclusive(int version = 3) => Of(version, [new("loss", Verdict.Inconclusive, "no label came")]);

    public static Alert AlertOf(MonitorResult result) => Alert.Of(result, "./build.sh", new("https://example.org/run/1"));

    private static MonitorResult Of(int version, IReadOnlyList<MonitorAspect> aspects) =>
        new("Demand", "local", version, At.AddDays(-30), At, 700, 600, aspects);
}
