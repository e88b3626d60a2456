namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What policies of a definition lack to be usable.</summary>
internal static class PolicyCheck
{
    public static IEnumerable<string> Lacking(
        CanaryPolicy canary, ServingBudget budget, MonitorPolicy monitoring, RetrainPolicy? retraining,
        JobPolicy jobs)
    {
        if (canary.Steps.Count == 0 || !canary.Steps.All(step => step is > 0 and <= 50)
            || !canary.Steps.SequenceEqual(canary.Steps.Order()))
        {
            yield return ".Canary(c => c.Steps(…)) ascending, from 1 to 50 percent";
        }

        if (canary is not { LossMargin: >= 0, LossAllowance: >= 0 })
        {
            yield return ".Canary(c => c.Margin(…).Allowance(…)) of 0 or more";
        }

        if (budget is not { MemoryMebibytes: null or > 0, ImageMegabytes: null or > 0 }
            || budget.P99 <= TimeSpan.Zero || budget.Start <= TimeSpan.Zero)
        {
            yield return ".Budget(b => …) above 0";
        }

        if (monitoring.ToleratedSkew is not (> 0 and < 1))
        {
            yield return ".Monitor(m => m.ViewSkew(…)) above 0 and below 1";
        }

        if (monitoring is not { Log.SharePercent: >= 0 and <= 100, LossMargin: > 0, FalseAlarm: > 0 and < 1 }
            || monitoring.Window < TimeSpan.FromDays(1) || monitoring.Fresh <= TimeSpan.Zero)
        {
            yield return ".Monitor(m => …) with a share from 0 to 1, a margin above 0, a false alarm in (0, 1), a window of at least one day";
        }

        if (retraining is not (null or { LossRise: null or > 0, RowGrowth: null or > 0 })
            || retraining?.Every <= TimeSpan.Zero || retraining?.Pause < TimeSpan.Zero)
        {
            yield return ".Retrain(r => …) with times and parts above 0";
        }

        if (jobs.Problem is { } problem)
        {
            yield return $".Jobs(j => …) with {problem}";
        }
    }
}
