using System.Text.Json;
using MlOpsBuild.Engine.Output;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Execution;

/// <summary><c>--continue</c>: leaves out what succeeded when the same was asked for last.</summary>
internal static class LastRun
{
    private const string Reason = "succeeded in the last run";
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static void Continue(BuildContext context, NukeBuild build, BuildInputs inputs)
    {
        if (Read(context) is not { } last)
        {
            context.Console.Line("--continue: there is no last run to go on from; everything runs.", ConsoleTone.Warning);
            return;
        }

        if (!last.Invoked.SequenceEqual(build.InvokedTargets.Select(target => target.Name))
            || !Given(last).SequenceEqual(Given(context, inputs)))
        {
            context.Console.Line("--continue: the last run was of other targets or parameters; everything runs.", ConsoleTone.Warning);
            return;
        }

        var succeeded = last.Targets.Where(target => target.Status == nameof(ExecutionStatus.Succeeded) || target.Skipped == Reason)
            .Select(target => target.Name)
            .ToHashSet();
        foreach (var target in build.ExecutionPlan.Where(target => target.Status == ExecutionStatus.Scheduled
            && IsLeftOut(target, succeeded)))
        {
            target.Status = ExecutionStatus.Skipped;
            target.Skipped = Reason;
        }
    }

    // Stages restore their results themselves; what follows a target that runs anew runs anew.
    private static bool IsLeftOut(ExecutableTarget target, HashSet<string> succeeded) =>
        succeeded.Contains(target.Name) && target is { Forecast: null, AssuredAfterFailure: false }
        && target.Needs.TrueForAll(needed => needed.Status is ExecutionStatus.Skipped
            || needed.Forecast != null
            || needed.Actions.Count == 0);

    private static IEnumerable<string> Given(Record last) =>
        last.Parameters.Where(parameter => parameter.Source != "default" && parameter.Name != "continue")
            .Select(parameter => $"{parameter.Name}={string.Join(' ', parameter.Value)}");

    private static IEnumerable<string> Given(BuildContext context, BuildInputs inputs) =>
        inputs.Values.Values.Where(value => value.Declaration.Name != "continue")
            .OrderBy(value => value.Declaration.Name, StringComparer.Ordinal)
            .Select(value => $"{value.Declaration.Name}={(value.Declaration.IsSecret ? "***" : string.Join(' ', value.Text.Select(context.Console.Masked)))}");

    private static Record? Read(BuildContext context)
    {
        try
        {
            return JsonSerializer.Deserialize<Record>(File.ReadAllText(LastRunFile.PathIn(context.Root)), Json) is { } record
                && IsWhole(record)
                ? record
                : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A file that was edited, or written by another version.
    private static bool IsWhole(Record record) =>
        record is { Invoked: not null, Targets: not null, Parameters: not null }
        && Array.TrueForAll(record.Invoked, name => name != null)
        && Array.TrueForAll(record.Targets, target => target is { Name: not null, Status: not null })
        && Array.TrueForAll(
            record.Parameters,
            parameter => parameter is { Name: not null, Value: not null, Source: not null }
                && Array.TrueForAll(parameter.Value, word => word != null));

    private sealed record Record(string[] Invoked, Outcome[] Targets, Parameter[] Parameters);

    private sealed record Outcome(string Name, string Status, string? Skipped);

    private sealed record Parameter(string Name, string[] Value, string Source);
}
