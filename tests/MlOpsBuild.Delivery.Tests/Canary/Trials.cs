using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>Whole canaries through the real controller, meter and judge.</summary>
internal static class Trials
{
    // Of a standard normal error: the 99.9 % quantiles of its square and of its size.
    public static CanaryReference Reference { get; } = new(RowLoss.SquaredError, 10.8276, 3.2905, SlowMilliseconds: 8);

    public static async Task<CanaryCourse> RunAsync(
        FakeTraffic traffic, CanaryPolicy? policy = null, CanaryReference? reference = null, ManualTime? time = null,
        Action<CanaryLook>? told = null, CancellationToken cancellationToken = default)
    {
        policy ??= new();
        IReadOnlyList<double> steps = traffic.Alone ? [100] : [.. policy.Steps];
        return await new CanaryController(policy, reference ?? Reference, steps, traffic.Alone, traffic, time ?? new())
            .RunAsync(told ?? (_ => { }), cancellationToken);
    }

    /// <summary>Decisions of many canaries with different seeds.</summary>
    public static async Task<IReadOnlyList<CanaryDecision>> ManyAsync(
        int runs, Func<ulong, FakeTraffic> traffic, CanaryPolicy? policy = null)
    {
        var decisions = new CanaryDecision[runs];
        await Parallel.ForAsync(
            0, runs,
            async (run, cancellationToken) => decisions[run] =
                (await RunAsync(traffic((ulong)run + 1), policy, cancellationToken: cancellationToken)).Decision);
        return decisions;
    }
}
