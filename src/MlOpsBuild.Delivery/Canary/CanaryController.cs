using System.Globalization;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>
/// Raises the canary's weight step by step, asks the judge at each look, and acts: on a bad verdict traffic goes back first.
/// </summary>
/// <param name="policy">How it takes over.</param>
/// <param name="reference">What the champion usually does.</param>
/// <param name="steps">Shares of requests in percent, one after the other; 0 compares mirrored requests only.</param>
/// <param name="alone">Whether there is no champion: the version is judged by itself.</param>
/// <param name="traffic">The gateway.</param>
/// <param name="time">The clock.</param>
public sealed class CanaryController(
    CanaryPolicy policy, CanaryReference reference, IReadOnlyList<double> steps, bool alone, ICanaryTraffic traffic, TimeProvider time)
{
    /// <summary>Pause between looks.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the canary keeps its share when nobody looks any more.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private const int MostLooksKept = 200;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Runs the canary to its decision. Unless that is to promote, traffic is back on the baseline before this returns or throws.
    /// </summary>
    public async Task<CanaryCourse> RunAsync(Action<CanaryLook> told, CancellationToken cancellationToken)
    {
        var (judge, meter, looks) = (new CanaryJudge(policy), new CanaryMeter(policy, reference), new List<CanaryLook>());
        var (step, atStep, requests, heard) = (0, 0, 0, time.GetTimestamp());
        try
        {
            var ours = await traffic.SetCanaryAsync(steps[step], cancellationToken);
            while (ours)
            {
                await Task.Delay(LookEvery, time, cancellationToken);
                if (await traffic.ReadAsync(cancellationToken) is not { } batch)
                {
                    break;
                }

                meter.Add(batch);
                var seen = meter.Read();
                var (decision, reason) = alone ? judge.DecideAlone(seen) : judge.Decide(seen, step == steps.Count - 1);
                (requests, heard) = seen.Requests > requests ? (seen.Requests, time.GetTimestamp()) : (requests, heard);
                if (decision == CanaryDecision.Continue && time.GetElapsedTime(heard) > LongestSilence)
                {
                    (decision, reason) = (CanaryDecision.Inconclusive, string.Create(
                        CultureInfo.InvariantCulture, $"no request for {LongestSilence.TotalSeconds:0} s: too little traffic to decide"));
                }

                looks.Add(new(time.GetUtcNow(), steps[step], seen, decision, reason));
                told(looks[^1]);
                if (decision is not (CanaryDecision.Continue or CanaryDecision.Promote))
                {
                    await traffic.EndAsync(cancellationToken);
                }

                if (decision != CanaryDecision.Continue)
                {
                    return new(decision, reason, CanaryCourse.Thinned(looks, MostLooksKept));
                }

                if (step < steps.Count - 1 && seen.Requests - atStep >= policy.RequestsPerStep)
                {
                    (step, atStep) = (step + 1, seen.Requests);
                    ours = await traffic.SetCanaryAsync(steps[step], cancellationToken);
                }
            }

            return new(
                CanaryDecision.Overtaken, "somebody else changed the routes; they were left as they are",
                CanaryCourse.Thinned(looks, MostLooksKept));
        }
        catch (Exception)
        {
            await traffic.EndAsync(CancellationToken.None);
            throw;
        }
    }
}
