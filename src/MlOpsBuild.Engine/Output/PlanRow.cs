using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Planning;

namespace MlOpsBuild.Engine.Output;

/// <summary>One target of a plan, as it is printed; the members are the fields of <c>--plan --json</c>.</summary>
internal sealed record PlanRow(
    int Order, string Name, string Why, IReadOnlyList<string> WaitsFor, string? Skipped, bool WouldRun, IReadOnlyList<string> Steps)
{
    public static IReadOnlyList<PlanRow> Of(
        IReadOnlyCollection<ExecutableTarget> plan, IReadOnlyDictionary<ExecutableTarget, TargetForecast> forecasts,
        Func<string, string> masked) =>
    [
        .. plan.Select((target, index) => new PlanRow(
            index + 1, target.Name, ExecutionPlanner.Reason(target, plan),
            [.. target.Needs.Concat(target.Follows).Where(plan.Contains).Select(other => other.Name).Distinct()],
            target.Skipped is { } reason ? masked(reason) : null, forecasts.GetValueOrDefault(target)?.WouldRun ?? false,
            [.. (forecasts.GetValueOrDefault(target)?.Steps ?? []).Select(masked)])),
    ];
}
