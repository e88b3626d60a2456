using System.Text.Json;

namespace MlOpsBuild.Engine.Output;

/// <summary>What <c>--plan</c> prints.</summary>
internal static class PlanText
{
    internal static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(BuildConsole console, IReadOnlyList<PlanRow> rows)
    {
        foreach (var row in rows)
        {
            var waits = row.WaitsFor.Count > 0 ? $"; after {string.Join(", ", row.WaitsFor)}" : "";
            console.Print($"{row.Order,3}. {row.Name}: {row.Why}{waits}{(row.Skipped != null ? $"; skipped: {row.Skipped}" : row.Steps.Count == 0 ? "" : row.WouldRun ? "; would run" : "; would be restored")}");
            foreach (var step in row.Steps)
            {
                console.Print($"       {step}", ConsoleTone.Faint);
            }
        }
    }

    public static void WriteJson(BuildConsole console, IReadOnlyList<PlanRow> rows) => console.Data(JsonSerializer.Serialize(rows, Json));
}
