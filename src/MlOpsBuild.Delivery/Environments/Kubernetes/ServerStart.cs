using k8s.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>Waits until the pods of a server are ready, and says why they do not become so.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="names">How things are called.</param>
/// <param name="settings">How long it may take.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerStart(Cluster cluster, ClusterNames names, KubernetesSettings settings, TimeProvider time)
{
    // What does not mend itself: waiting for it would only take longer.
    private static readonly string[] Hopeless =
    [
        "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError",
        "RunContainerError",
    ];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether as many servers answer as are wanted, of what was applied last.</summary>
    public static bool IsReady(V1Deployment deployment) =>
        (deployment.Status?.ObservedGeneration ?? 0) >= (deployment.Metadata.Generation ?? 0)
        && (deployment.Status?.ReadyReplicas ?? 0) >= Math.Max(1, deployment.Spec.Replicas ?? 1);

    /// <summary>Whether any server answers.</summary>
    public static bool IsAlive(V1Deployment deployment) => (deployment.Status?.ReadyReplicas ?? 0) > 0;

    /// <summary>Waits for a deployment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="host">Of which server.</param>
    /// <param name="what">What it is, in words.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StageFailedException">It does not become ready: with what its pods said last.</exception>
    public async Task WaitAsync(string name, string host, string what, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await cluster.FindAsync<V1Deployment>(ResourceKind.Deployment, name, cancellationToken) is not { } deployment
            || !IsReady(deployment))
        {
            var pods = await PodsAsync(host, cancellationToken);
            var late = time.GetElapsedTime(started) > settings.Patience;
            if (pods.Select(HopelessOf).FirstOrDefault(problem => problem != null) is { } end)
            {
                throw await FailedAsync(pods, what, end, cancellationToken);
            }

            if (late)
            {
                throw await FailedAsync(
                    pods, what, pods.Select(WaitingOf).FirstOrDefault(problem => problem != null) ?? "it is not ready in time",
                    cancellationToken);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Why the pods of a server do not answer; null where nobody knows.</summary>
    public async Task<string?> ProblemAsync(string host, CancellationToken cancellationToken) =>
        (await PodsAsync(host, cancellationToken)).Select(pod => HopelessOf(pod) ?? WaitingOf(pod))
            .FirstOrDefault(problem => problem != null);

    /// <summary>Pods of a server that are ready, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> ReadyPodsAsync(string host, CancellationToken cancellationToken) =>
    [
        .. (await PodsAsync(host, cancellationToken))
            .Where(pod => pod.Metadata.DeletionTimestamp == null
                && pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true)
            .Select(pod => pod.Metadata.Name)
    ];

    /// <summary>A pod that is ready; null when none is.</summary>
    public async Task<string?> ReadyPodAsync(string host, CancellationToken cancellationToken) =>
        await ReadyPodsAsync(host, cancellationToken) is [var first, ..] ? first : null;

    /// <summary>Pods of a server, the oldest first.</summary>
    public Task<IReadOnlyList<V1Pod>> PodsAsync(string host, CancellationToken cancellationToken) =>
        cluster.ListAsync<V1Pod>(ResourceKind.Pod, ClusterNames.SelectorOf(names.PodsOf(host)), cancellationToken);

    /// <summary>The last lines that a server said, before it ended where it says nothing now.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string host, CancellationToken cancellationToken)
    {
        foreach (var pod in (await PodsAsync(host, cancellationToken)).Reverse())
        {
            foreach (var previous in (bool[])[false, true])
            {
                if (await cluster.LogAsync(pod.Metadata.Name, ServerInstance.LogLines, cancellationToken, previous) is { Count: > 0 } said)
                {
                    return said;
                }
            }
        }

        return [];
    }

    private async Task<StageFailedException> FailedAsync(
        IReadOnlyList<V1Pod> pods, string what, string end, CancellationToken cancellationToken)
    {
        var said = pods.Count == 0 ? [] : await LogAsync(pods[0].Metadata.Labels[ClusterNames.Host], cancellationToken);
        return new(
            $"{what} does not start in the cluster",
            [
                new(
                    "MLB5061", $"{what} does not start: {end}", $"{cluster.Namespace}/{(pods.Count == 0 ? "no pod" : pods[^1].Metadata.Name)}",
                    said.LastOrDefault(line => line.Contains("failed", StringComparison.Ordinal)),
                    $"pods that are ready within {settings.Patience.TotalMinutes:0.#} min",
                    "kubectl describe pod tells more; its last lines follow"),
                .. said.TakeLast(10).Select(line => new Finding("MLB5062", line)),
            ],
            Verdict.Error);
    }

    private static string? HopelessOf(V1Pod pod)
    {
        var status = pod.Status?.ContainerStatuses?.FirstOrDefault();
        var ended = status?.LastState?.Terminated ?? status?.State?.Terminated;
        return status?.State?.Waiting is { Reason: { } reason } waiting && Hopeless.Contains(reason)
            ? $"{reason}{(ended is { Reason: { } why } ? $", {why} with exit code {ended.ExitCode}" : waiting.Message is { } said ? $", {said}" : "")}"
            : null;
    }

    private static string? WaitingOf(V1Pod pod) =>
        pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" }) is { } unscheduled
            ? $"no node takes it: {unscheduled.Message}"
            : pod.Status?.ContainerStatuses?.FirstOrDefault()?.State?.Waiting is { Reason: { } reason } waiting
                ? $"{reason}{(waiting.Message is { } said ? $", {said}" : "")}"
            : pod.Status?.Phase == "Running" ? "it runs, and does not answer"
            : pod.Status?.Phase;
}
