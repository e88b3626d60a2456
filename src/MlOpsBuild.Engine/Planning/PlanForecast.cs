using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Planning;

/// <summary>Asks the planned targets, in order, what they would do. What waits for a target that would run would run too.</summary>
internal static class PlanForecast
{
    public static async Task<IReadOnlyDictionary<ExecutableTarget, TargetForecast>> OfAsync(
        IReadOnlyCollection<ExecutableTarget> plan, CancellationToken cancellationToken)
    {
        var forecasts = new Dictionary<ExecutableTarget, TargetForecast>();
        foreach (var target in plan.Where(target => target.Skipped == null))
        {
            var before = target.Needs.FirstOrDefault(other => forecasts.TryGetValue(other, out var known) && known.WouldRun);
            forecasts[target] = target.Forecast == null ? new(true, [])
                : before != null ? new(true, [$"{before.Name} would run before it"])
                : await AskAsync(target, target.Forecast, cancellationToken);
        }

        return forecasts;
    }

    // A plan tells what would happen, also that a target would fail.
    private static async Task<TargetForecast> AskAsync(
        ExecutableTarget target, Func<CancellationToken, Task<TargetForecast>> forecast, CancellationToken cancellationToken)
    {
        try
        {
            return await forecast(cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return new(true, [$"{target.Name} would fail: {problem.Message}"]);
        }
    }
}
