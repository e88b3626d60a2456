using System.Globalization;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>Raises the canary's weight step by step, asks the judge at each look, and acts: on a bad verdict traffic goes back first.</summary>
public sealed class CanaryController(CanaryPolicy policy, ICanaryTraffic traffic, TimeProvider time)
{
    /// <summary>Pause between looks.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Runs the canary to its decision. When cancelled, traffic is back on the baseline before this throws.</summary>
    public async Task<CanaryCourse> RunAsync(IProgress<CanaryLook> progress, CancellationToken cancellationToken)
    {
        var judge = new CanaryJudge(policy);
        var looks = new List<CanaryLook>();
        var step = 0;
        var (requests, heard) = (0, time.GetTimestamp());
        try
        {
            if (!await traffic.SetCanaryAsync(policy.Steps[step], cancellationToken))
            {
                return Interrupted(looks);
            }

            while (true)
            {
                await Task.Delay(LookEvery, time, cancellationToken);
                if (await traffic.CountAsync(cancellationToken) is not { } counts)
                {
                    return Interrupted(looks);
                }

                var look = judge.Look(counts, policy.Steps[step], step == policy.Steps.Count - 1, time.GetUtcNow());
                looks.Add(look);
                progress.Report(look);
                if (look.Decision is not CanaryDecision.Continue)
                {
                    return await EndAsync(look.Decision, look.Reason, looks, cancellationToken);
                }

                var seen = look.CanaryRequests + look.BaselineRequests;
                (requests, heard) = seen > requests ? (seen, time.GetTimestamp()) : (requests, heard);
                if (time.GetElapsedTime(heard) > LongestSilence)
                {
                    var silent = string.Create(CultureInfo.InvariantCulture, $"no request for {LongestSilence.TotalSeconds:0} s: too little traffic to decide");
                    return await EndAsync(CanaryDecision.Inconclusive, silent, looks, cancellationToken);
                }

                var here = counts.Count > 0 ? counts[^1].Canary.Requests + counts[^1].Baseline.Requests : 0;
                if (step < policy.Steps.Count - 1 && counts.Count > step && here >= policy.RequestsPerStep
                    && !await traffic.SetCanaryAsync(policy.Steps[++step], cancellationToken))
                {
                    return Interrupted(looks);
                }
            }
        }
        catch (Exception)
        {
            await traffic.SetCanaryAsync(0, CancellationToken.None);
            throw;
        }
    }

    private static CanaryCourse Interrupted(List<CanaryLook> looks) =>
        new(CanaryDecision.Inconclusive, "somebody else changed the routes (a rollback or a stop); they were left as they are", looks);

    private async Task<CanaryCourse> EndAsync(CanaryDecision decision, string reason, List<CanaryLook> looks, CancellationToken cancellationToken)
    {
        if (decision != CanaryDecision.Promote)
        {
            await traffic.SetCanaryAsync(0, cancellationToken);
        }

        return new(decision, reason, looks);
    }
}
