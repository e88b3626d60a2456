using System.Text.Json;
using MlOpsBuild.Engine.Planning;

namespace MlOpsBuild.Engine.Output;

/// <summary>What <c>--plan</c> prints.</summary>
internal static class PlanText
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(BuildConsole console, IReadOnlyCollection<ExecutableTarget> plan, IReadOnlyDictionary<ExecutableTarget, TargetForecast> forecasts, bool json)
    {
        var rows = plan.Select((target, index) => new
        {
            Order = index + 1,
            target.Name,
            Why = ExecutionPlanner.Reason(target, plan),
            WaitsFor = target.Needs.Concat(target.Follows).Where(plan.Contains).Select(other => other.Name).Distinct().ToArray(),
            target.Skipped,
            WouldRun = forecasts.GetValueOrDefault(target)?.WouldRun ?? false,
            Steps = forecasts.GetValueOrDefault(target)?.Steps ?? [],
        }).ToList();
        if (json)
        {
            console.Line(JsonSerializer.Serialize(rows, Json));
            return;
        }

        foreach (var row in rows)
        {
            var waits = row.WaitsFor.Length > 0 ? $"; after {string.Join(", ", row.WaitsFor)}" : "";
            console.Line($"{row.Order,3}. {row.Name}: {row.Why}{waits}{(row.Skipped != null ? $"; skipped: {row.Skipped}" : row.Steps.Count == 0 ? "" : row.WouldRun ? "; would run" : "; would be restored")}");
            foreach (var step in row.Steps)
            {
                console.Line($"       {step}", ConsoleTone.Faint);
            }
        }
    }
}
