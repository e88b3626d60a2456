using System.Globalization;

namespace MlOpsBuild.Engine.Output;

/// <summary>The table at the end of a run.</summary>
internal static class RunSummary
{
    public static void Write(BuildConsole console, IReadOnlyCollection<ExecutableTarget> plan, Verbosity verbosity)
    {
        var rows = plan.Where(target => target.Status != ExecutionStatus.Collective).ToList();
        if (rows.Count <= 1 && rows.TrueForAll(target => target.Status == ExecutionStatus.Succeeded) || verbosity == Verbosity.Quiet)
        {
            return;
        }

        console.Line();
        console.Table(
            ["Target", "Status", "Time", "Notes"],
            rows.Select(target => (IReadOnlyList<string>)[target.Name, target.Status.ToString(), Time(target), Notes(target)]));
    }

    private static string Time(ExecutableTarget target) =>
        target.Duration == TimeSpan.Zero ? "" : target.Duration.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture);

    private static string Notes(ExecutableTarget target) =>
        target.Skipped ?? string.Join(", ", target.SummaryInformation.Select(pair => pair.Value.Length > 0 ? $"{pair.Key}: {pair.Value}" : pair.Key));
}
