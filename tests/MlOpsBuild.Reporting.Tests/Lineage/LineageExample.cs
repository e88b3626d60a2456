using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.Lineage.Tests;

/// <summary>A version with everything that lineage knows of it.</summary>
internal static class LineageExample
{
    public static ModelVersion Version { get; } = new(
        2, Digest.Of("bundle"), Digest.Of("model"), Example.Run.Id, Example.Start, false, Digest.Of("former model"));

    public static RunRecord Run { get; } = Example.Run with
    {
        Actor = "ann", Targets = ["Train", "Deploy"], Contract = Digest.Of("contract"),
        Metrics = [new("RMSE", 42.123456, Direction.LowerIsBetter, 10)],
        Gates = [Example.Gate("RMSE", Verdict.Passed)],
        Machine = new SortedDictionary<string, string> { ["os"] = "Linux", ["runtime"] = "10.0" },
    };

    public static DeploymentRecord Deployment { get; } = Example.Deployment with { Actor = "bob", Address = new("http://127.0.0.1:5000") };

    public static IReadOnlyList<AliasMove> Moves { get; } = [Move(null, 1, 1), Move(1, 2, 2)];

    public static AliasMove Move(int? from, int? to, int hour, AliasMoveKind kind = AliasMoveKind.Promote, string reason = "better") =>
        new("champion", from, to, kind, Example.Start.AddHours(hour), "carl", reason);

    public static LineageStep Compose(
        IReadOnlyList<AliasMove>? moves = null, IReadOnlyList<DeploymentRecord>? deployments = null, ModelVersion? version = null) =>
        LineageComposer.Compose("BikeDemand", version ?? Version, moves ?? Moves, deployments ?? [Deployment], Run);

    /// <summary>The step and all it was made from, the first first.</summary>
    public static IEnumerable<LineageStep> Walk(LineageStep step) => step.From.SelectMany(Walk).Prepend(step);

    public static LineageStep Find(LineageStep step, string kind) => Walk(step).Single(found => found.Kind == kind);

    public static string? Fact(LineageStep step, string name) =>
        step.Facts.Where(fact => fact.Key == name).Select(fact => fact.Value).SingleOrDefault();
}
