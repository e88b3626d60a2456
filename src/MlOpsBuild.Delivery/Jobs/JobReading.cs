using k8s.Models;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Jobs;

/// <summary>Tells from what the API server says of a job and its pods how it is.</summary>
internal static class JobReading
{
    private const string True = "True";

    /// <summary>How a job is.</summary>
    /// <param name="job">The job.</param>
    /// <param name="pods">Its pods, the oldest first.</param>
    public static JobState Of(V1Job job, IReadOnlyList<V1Pod> pods)
    {
        var ended = (job.Status?.Conditions ?? []).FirstOrDefault(condition =>
            condition.Status == True && condition.Type is "Complete" or "Failed");
        if (ended is { Type: "Complete" })
        {
            var winner = pods.LastOrDefault(pod => pod.Status?.Phase == "Succeeded");
            return new(JobPhase.Succeeded, winner?.Metadata.Name, winner == null ? null : Ended(winner)?.Message);
        }

        var newest = pods.Count > 0 ? pods[^1] : null;
        if (ended != null)
        {
            var why = ended.Reason switch
            {
                "DeadlineExceeded" => "it took longer than its deadline",
                "BackoffLimitExceeded" => Invariant($"{pods.Count} of its pods ended early"),
                _ => ended.Message ?? ended.Reason ?? "no reason is given",
            };
            return new(
                JobPhase.Failed, newest?.Metadata.Name, string.Join("; ", [why, .. pods.Select(EndOf).OfType<string>().TakeLast(1)]));
        }

        return newest?.Status?.Phase switch
        {
            "Running" or "Succeeded" => new(JobPhase.Running, newest.Metadata.Name, null),
            "Failed" => new(JobPhase.Waiting, null, null),
            _ => new(JobPhase.Waiting, null, newest == null ? null : WaitOf(newest)),
        };
    }

    /// <summary>Why a pod ended early: the loss of its node before what its program says of it; null where it did not.</summary>
    public static string? EndOf(V1Pod pod)
    {
        if (pod.Status?.Phase != "Failed")
        {
            return null;
        }

        if (pod.Status.Conditions?.FirstOrDefault(condition => condition is { Type: "DisruptionTarget", Status: True }) is { } disrupted)
        {
            return $"its node did not keep it ({disrupted.Reason}): that does not count";
        }

        return Ended(pod) is { } end
            ? end.Reason == "OOMKilled" ? "it took more memory than it may (OOMKilled)" : Invariant($"exit code {end.ExitCode}")
            : pod.Status.Reason ?? pod.Status.Message ?? "for no reason that is given";
    }

    private static V1ContainerStateTerminated? Ended(V1Pod pod) =>
        pod.Status?.ContainerStatuses?.FirstOrDefault(container => container.Name == JobManifests.Container)?.State?.Terminated;

    private static string? WaitOf(V1Pod pod)
    {
        if (pod.Status?.ContainerStatuses?.FirstOrDefault()?.State?.Waiting is { Reason: not (null or "ContainerCreating") } waiting)
        {
            return $"{waiting.Reason}: {waiting.Message}";
        }

        return pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" }) is { } homeless
            ? $"no node takes it: {homeless.Message}"
            : null;
    }
}
