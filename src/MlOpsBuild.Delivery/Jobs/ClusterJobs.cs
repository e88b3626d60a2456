using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using k8s.Models;

namespace MlOpsBuild.Delivery.Jobs;

/// <summary>Runs programs as jobs of a cluster: several at once, each to its end.</summary>
public sealed class ClusterJobs : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);
    private const int LinesTold = 15;
    private const int LongestLine = 500;
    private const int MostTold = 2_000;
    private const int Attempts = 3;
    private readonly Cluster _cluster;
    private readonly JobManifests _manifests;
    private readonly TimeProvider _time;

    /// <summary>Jobs in the namespace of <paramref name="settings"/>.</summary>
    /// <param name="settings">Which cluster, namespace and secret.</param>
    /// <param name="variables">Variables of the environment, which say where the cluster is.</param>
    /// <param name="takeOver">Whether fields that others manage are taken over.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UsageException">There is no cluster to ask.</exception>
    public ClusterJobs(KubernetesSettings settings, IReadOnlyDictionary<string, string> variables, bool takeOver, TimeProvider time)
    {
        _cluster = new(settings, ClusterAccess.Of(settings, variables), takeOver, time);
        _manifests = new(settings);
        _time = time;
    }

    /// <summary>
    /// Runs <paramref name="job"/> and gives its answer. One of the same name that another build began, which may have been killed, is
    /// waited for; what this one began is taken away, also when the wait is cancelled.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="progress">Told what its pods say, and what keeps it waiting.</param>
    /// <param name="cancellationToken">Ends it in the cluster, too.</param>
    /// <exception cref="StageFailedException">It failed, or gave no answer.</exception>
    public async Task<string> RunAsync(ClusterJob job, IProgress<string> progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var ours = await BeginAsync(job, progress, cancellationToken);
            try
            {
                if (await WaitAsync(job, progress, cancellationToken) is { } answer)
                {
                    return answer;
                }
            }
            finally
            {
                if (ours)
                {
                    using var patience = new CancellationTokenSource(Patience, _time);
                    await EndAsync(job, progress, patience.Token);
                }
            }

            progress.Report($"{job.Label}: somebody took the job {job.Name} away; it is started again");
        }

        throw Failed(job, "somebody took it away, time and again", "", []);
    }

    /// <inheritdoc />
    public void Dispose() => _cluster.Dispose();

    // Whether it is this build's.
    private async Task<bool> BeginAsync(ClusterJob job, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var found = await _cluster.FindAsync<V1Job>(ResourceKind.Job, job.Name, cancellationToken);
        if (found != null && JobReading.Of(found, []).Phase != JobPhase.Failed)
        {
            progress.Report($"{job.Label}: waits for the job {job.Name}, which another build began");
            return false;
        }

        if (found != null)
        {
            await RemoveAsync(job, cancellationToken);
        }

        try
        {
            await ApplyAsync(job, cancellationToken);
            return true;
        }
        catch (Exception)
        {
            // What was applied of it, or may have been.
            using var patience = new CancellationTokenSource(Patience, _time);
            await EndAsync(job, progress, patience.Token);
            throw;
        }
    }

    // The secret is the job's: where this build is killed, the cluster takes both away in time.
    private async Task ApplyAsync(ClusterJob job, CancellationToken cancellationToken)
    {
        var applied = new List<(ResourceKind Kind, JsonNode Object)>();
        foreach (var manifest in _manifests.Of(job))
        {
            applied.Add((manifest.Kind, await _cluster.ApplyAsync(manifest, cancellationToken)));
        }

        var owner = applied.Single(one => one.Kind == ResourceKind.Job).Object;
        foreach (var (kind, _) in applied.Where(one => one.Kind != ResourceKind.Job))
        {
            var reference = new JsonObject
            {
                ["apiVersion"] = ResourceKind.Job.ApiVersion, ["kind"] = ResourceKind.Job.Kind, ["name"] = job.Name,
                ["uid"] = (string?)owner["metadata"]?["uid"],
            };
            await _cluster.ChangeAsync(
                kind, job.Name, new() { ["metadata"] = new JsonObject { ["ownerReferences"] = new JsonArray(reference) } },
                cancellationToken);
        }
    }

    // The answer; null when the job is no longer there.
    private async Task<string?> WaitAsync(ClusterJob job, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (heard, ended, told, following) = (new Dictionary<string, int>(), new HashSet<string>(), (string?)null, Task.CompletedTask);
        var answered = _time.GetTimestamp();
        while (true)
        {
            var (found, pods) = ((V1Job?)null, (IReadOnlyList<V1Pod>)[]);
            try
            {
                (found, pods) = await LookAsync(job, cancellationToken);
                answered = _time.GetTimestamp();
            }
            catch (StageFailedException silence) when (_time.GetElapsedTime(answered) < LongestSilence)
            {
                // The job goes on: what took hours is not given up for minutes in which nobody could ask.
                progress.Report($"{job.Label}: {silence.Message}; the job is asked for again");
                await Task.Delay(Pause, _time, cancellationToken);
                continue;
            }

            if (found == null)
            {
                return null;
            }

            var state = JobReading.Of(found, pods);
            foreach (var early in pods.Where(pod => JobReading.EndOf(pod) != null && ended.Add(pod.Metadata.Name)))
            {
                progress.Report($"{job.Label}: {early.Metadata.Name} ended early, {JobReading.EndOf(early)}");
            }

            // A connection that ended while the pod goes on is made anew.
            if (state is { Phase: not JobPhase.Waiting, Pod: { } pod }
                && following.IsCompleted && (state.Phase == JobPhase.Running || !heard.ContainsKey(pod)))
            {
                following = FollowAsync(pod, job.Label, heard, progress, cancellationToken);
            }

            switch (state.Phase)
            {
                case JobPhase.Succeeded:
                    await following;
                    return state.Text is { Length: > 0 } answer ? answer
                        : await _cluster.FindAsync(ResourceKind.Job, job.Name, cancellationToken) == null ? null
                        : throw Failed(job, "it ended well and gave no answer", state.Pod ?? "", []);
                case JobPhase.Failed:
                    await following;
                    throw Failed(
                        job, state.Text ?? "", state.Pod ?? "",
                        state.Pod == null ? [] : await _cluster.LogAsync(state.Pod, LinesTold, cancellationToken));
                case JobPhase.Waiting when state.Text != null && state.Text != told:
                    progress.Report($"{job.Label}: {told = state.Text}");
                    break;
            }

            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    // The job before its pods: one that is complete has the pod that completed it.
    private async Task<(V1Job? Job, IReadOnlyList<V1Pod> Pods)> LookAsync(ClusterJob job, CancellationToken cancellationToken) =>
        await _cluster.FindAsync<V1Job>(ResourceKind.Job, job.Name, cancellationToken) is { } found
            ? (found, await _cluster.ListAsync<V1Pod>(
                ResourceKind.Pod, $"{JobManifests.OwnerLabel}={found.Metadata.Uid}", cancellationToken))
            : (null, []);

    // What a pod says is a help and decides nothing.
    private async Task FollowAsync(
        string pod, string label, Dictionary<string, int> heard, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (known, count) = (heard.GetValueOrDefault(pod), 0);
        heard[pod] = known;
        try
        {
            await foreach (var line in _cluster.FollowAsync(pod, cancellationToken))
            {
                if (++count > known)
                {
                    heard[pod] = count;
                    progress.Report($"{label}: {Excerpt.Line(line, LongestLine)}");
                }
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            // It is asked again while the pod runs.
        }
    }

    // What was begun is not left behind, and what cannot be taken away, the cluster takes away itself in time.
    private async Task EndAsync(ClusterJob job, IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAsync(job, cancellationToken);
        }
        catch (Exception problem) when (problem is FindingsException or OperationCanceledException)
        {
            progress.Report($"{job.Label}: the job {job.Name} could not be taken away: {problem.Message}");
        }
    }

    private async Task RemoveAsync(ClusterJob job, CancellationToken cancellationToken)
    {
        foreach (var manifest in _manifests.Of(job).Reverse())
        {
            if (await _cluster.DeleteAsync(manifest.Kind, job.Name, cancellationToken))
            {
                while (await _cluster.FindAsync(manifest.Kind, job.Name, cancellationToken) != null)
                {
                    await Task.Delay(Pause, _time, cancellationToken);
                }
            }
        }
    }

    private StageFailedException Failed(ClusterJob job, string why, string pod, IReadOnlyList<string> said) => new(new Finding(
        "MLB5068", "A job of the cluster failed", $"{_cluster.Namespace}/{job.Name}{(pod.Length == 0 ? "" : $", pod {pod}")}", why,
        "a job that ends well",
        said.Count == 0 ? $"kubectl describe job {job.Name} says more while it is there; .Jobs(j => …) gives it more"
            : $"its last lines: {Excerpt.Line(string.Join(" ⏎ ", said), MostTold)}"));
}
