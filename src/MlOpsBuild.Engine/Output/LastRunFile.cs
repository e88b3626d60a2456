using System.Text.Json;

namespace MlOpsBuild.Engine.Output;

/// <summary>Writes <c>.mlops/last-run.json</c>: targets, outcomes, durations, parameters and their sources.</summary>
internal static class LastRunFile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NewLine = "\n" };

    public static void Write(BuildContext context, NukeBuild build, DateTimeOffset started, int exitCode)
    {
        var record = new
        {
            Started = started,
            Seconds = (context.Time.GetUtcNow() - started).TotalSeconds,
            ExitCode = exitCode,
            Targets = build.ExecutionPlan.Select(target => new
            {
                target.Name,
                Status = target.Status.ToString(),
                Seconds = target.Duration.TotalSeconds,
                Skipped = target.Skipped == null ? null : context.Console.Masked(target.Skipped),
                SummaryInformation = target.SummaryInformation.ToDictionary(pair => context.Console.Masked(pair.Key), pair => context.Console.Masked(pair.Value)),
            }),
            Parameters = build.Values.Values.OrderBy(value => value.Declaration.Name, StringComparer.Ordinal).Select(value => new
            {
                value.Declaration.Name,
                Value = value.Declaration.IsSecret ? ["***"] : value.Text.Select(context.Console.Masked).ToArray(),
                value.Source,
            }),
        };
        try
        {
            var path = Path.Combine(context.Root, ".mlops", "last-run.json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllText(temporary, JsonSerializer.Serialize(record, Json) + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            context.Console.Line($"Warning: .mlops/last-run.json was not written: {problem.Message}", ConsoleTone.Warning);
        }
    }
}
