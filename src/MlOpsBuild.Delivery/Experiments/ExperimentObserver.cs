using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Store;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>
/// Looks at A/B tests: what the gateway does, what its log says, what that means. It changes nothing but what others see of it.
/// </summary>
/// <param name="store">Where records are.</param>
/// <param name="environment">Where it goes on.</param>
/// <param name="time">The clock.</param>
public sealed class ExperimentObserver(MlOpsStore store, IEnvironment environment, TimeProvider time)
{
    /// <summary>The newest test of a pipeline; null where there was none.</summary>
    public async Task<ExperimentState?> FindAsync(string pipeline, CancellationToken cancellationToken) =>
        await new ExperimentStore(store).NewestAsync(pipeline, environment.Name, cancellationToken) is { } record
            ? await OfAsync(record, cancellationToken)
            : null;

    /// <summary>What can be said before a test begins.</summary>
    /// <exception cref="Core.UsageException">Nothing is known of the metric.</exception>
    public async Task<ExperimentPlan> PlanAsync(ExperimentPolicy policy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var units = new ExperimentUnits(
            policy,
            await UnitHistory.ReadAsync(
                await environment.PredictionsAsync(cancellationToken), policy, DateTimeOffset.MinValue, cancellationToken));
        return new ExperimentPlanner(policy).Of(units.Before(now), units.NewUnits(now));
    }

    /// <summary>A test as it stands; one that ended is told as it was then.</summary>
    internal async Task<ExperimentState> OfAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        var records = new ExperimentStore(store);
        var routes = await environment.KeptRoutesAsync(cancellationToken);
        var inForce = routes?.Experiment?.Id == record.Id;
        if (record.Decision != ExperimentDecision.Open)
        {
            return new(record, await records.LastLookAsync(record, cancellationToken), inForce);
        }

        var now = time.GetUtcNow();
        var history = await UnitHistory.ReadAsync(
            await environment.PredictionsAsync(cancellationToken), record.Policy, record.Started - (record.Policy.Before ?? TimeSpan.Zero),
            cancellationToken);
        var look = new ExperimentJudge(record.Policy, record.Plan).Look(now, new ExperimentUnits(record.Policy, history).Of(record, now));
        await records.ShowAsync(record, look, cancellationToken);
        return new(record, look, inForce) { Notes = [.. Notes(record, history, inForce, look)] };
    }

    private static IEnumerable<string> Notes(ExperimentRecord record, UnitHistory history, bool inForce, ExperimentLook look)
    {
        if (!inForce)
        {
            yield return "the gateway does not split units by this test: what served was stopped or replaced; end it with EndExperiment";
        }

        if (look.Ratio is { Control: 0, Treatment: 0 })
        {
            yield return $"no request named a unit in the header {record.Policy.UnitHeader}";
        }
        else if (history.Outcomes == 0)
        {
            yield return $"no outcome of {record.Policy.Metric} came";
        }

        if (history.OtherMetrics is { Count: > 0 } others)
        {
            yield return Invariant($"outcomes of other metrics came, which do not count here: {string.Join(", ", others.Take(5))}");
        }
    }
}
