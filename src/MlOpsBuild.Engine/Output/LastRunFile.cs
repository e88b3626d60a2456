using System.Text.Json;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>Writes <c>.mlops/last-run.json</c>: targets, outcomes, durations, parameters and their sources.</summary>
internal static class LastRunFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NewLine = "\n"
    };

    public static string PathIn(string root) => Path.Combine(root, ".mlops", "last-run.json");

    public static void Write(BuildContext context, NukeBuild build, BuildInputs inputs, DateTimeOffset started, int exitCode)
    {
        var record = new
        {
            Started = started,
            Seconds = (context.Time.GetUtcNow() - started).TotalSeconds,
            ExitCode = exitCode,
            Host = build.State.Host.DisplayName,
            Invoked = build.InvokedTargets.Select(target => target.Name),
            Targets = build.ExecutionPlan.Select(target => new
            {
                target.Name,
                Status = target.Status.ToString(),
                Seconds = target.Duration.TotalSeconds,
                Skipped = target.Skipped == null ? null : context.Console.Masked(target.Skipped),
                target.Failure,
                SummaryInformation = target.SummaryInformation.ToDictionary(
                    pair => context.Console.Masked(pair.Key), pair => context.Console.Masked(pair.Value)),
            }),
            Parameters = Parameters(context, build, inputs),
        };
        try
        {
            AbsolutePath.Create(PathIn(context.Root)).WriteAllText(JsonSerializer.Serialize(record, Json));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            context.Console.Line($"Warning: .mlops/last-run.json was not written: {problem.Message}", ConsoleTone.Warning);
        }
    }

    // Also what nobody gave: a reader should not have to know the defaults of that day.
    private static IEnumerable<object> Parameters(BuildContext context, NukeBuild build, BuildInputs inputs) =>
        from declaration in inputs.Declarations.OrderBy(declaration => declaration.Name, StringComparer.Ordinal)
        let given = inputs.Values.GetValueOrDefault(declaration.Name)
        let texts = given?.Text ?? ParameterMember.Texts(ParameterMember.Get(build, declaration))
        select (object)new
        {
            declaration.Name,
            Value = declaration.IsSecret ? texts.Count > 0 ? ["***"] : [] : texts.Select(context.Console.Masked).ToArray(),
            Source = given?.Source ?? "default",
        };
}
