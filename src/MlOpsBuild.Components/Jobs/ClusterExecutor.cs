using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Jobs;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Jobs;

/// <summary>
/// Runs stages as jobs of a cluster. What they read and what they give travels by digest through the registry; that a stage has the same
/// key and gives the same there as here, the worker checks before it begins.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="choice">What the caller said.</param>
internal sealed class ClusterExecutor(RunSession session, JobChoice choice) : IDisposable
{
    private const int KeyLetters = 12;
    private const int StageLetters = 16;
    private readonly SemaphoreSlim _turn = new(1);
    private RegistryBlobRemote? _remote;
    private ClusterJobs? _jobs;
    private string? _image;

    /// <summary>Runs stages of one pipeline's run.</summary>
    public IStageExecutor Of(PipelineRun run) => new OfRun(this, run);

    /// <inheritdoc />
    public void Dispose()
    {
        _turn.Dispose();
        _remote?.Dispose();
        _jobs?.Dispose();
    }

    private string Registry => ImageTransfer.PlaceOf(session.Cluster.Registry!, WorkerImages.Place);

    private async Task<StageAnswer> RunAsync(
        StageRequest request, StageTask task, PipelineRun run, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (image, jobs, remote) = await PrepareAsync(progress, cancellationToken);
        var asked = await session.Store.Blobs.PutAsync(CanonicalJson.Serialize(request), cancellationToken);
        var letters = task.Key.Hex[..KeyLetters];
        await LockedAsync(
            token => remote.SendAsync(new(
                $"asks-{letters}", "stage-request",
                [new(asked, "request.json"), .. request.Content.Select(digest => new PackagedBlob(Artifact(digest), null))], null), token),
            cancellationToken);
        var job = new ClusterJob(
            $"{ClusterJob.Prefix}{task.Stage[..Math.Min(task.Stage.Length, StageLetters)].Trim('-')}-{letters}", request.Pipeline, task.Stage, image,
            ["RunStage", "--stage-request", asked.Digest.ToString(), "--registry", session.Cluster.Registry!, "--answer",
                ClusterJob.AnswerFile],
            run.Specification.Jobs)
        {
            Variables = new Dictionary<string, string> { ["MLOPS_ROOT"] = ClusterJob.Folder, ["HOME"] = "/tmp" },
            Secrets = task.Variables,
        };
        progress.Report($"{task.Stage} runs as the job {job.Name} of the cluster");
        return await ReadAsync(task, await jobs.RunAsync(job, progress, cancellationToken), remote, cancellationToken);
    }

    // The API server tells the digest of what the worker gave: whoever writes to the registry cannot exchange it.
    private async Task<StageAnswer> ReadAsync(StageTask task, string said, RegistryBlobRemote remote, CancellationToken cancellationToken)
    {
        if (!Digest.TryParse(said.Trim(), out var digest))
        {
            throw Unusable(task, Excerpt.Line(said));
        }

        await LockedAsync(token => FetchAsync([digest], remote, token), cancellationToken);
        var answer = CanonicalJson.TryDeserialize<StageAnswer>(await session.Store.Blobs.ReadAsync(digest, cancellationToken));
        if (answer == null || answer.Key != task.Key)
        {
            throw Unusable(task, answer == null ? "another document" : $"an answer for {answer.Key}");
        }

        await LockedAsync(
            token => FetchAsync([.. answer.Result is { } result ? [result] : (Digest[])[], .. answer.Files.Values], remote, token),
            cancellationToken);
        return answer;
    }

    private async Task<int> FetchAsync(IReadOnlyList<Digest> digests, RegistryBlobRemote remote, CancellationToken cancellationToken)
    {
        foreach (var digest in digests)
        {
            if (!await session.Store.Blobs.IsUnchangedAsync(digest, cancellationToken)
                && !await remote.TryFetchAsync(digest, session.Store.Blobs.PathOf(digest), cancellationToken))
            {
                throw new StageFailedException(new Finding(
                    "MLB7176", "What a job gave is not in the registry", remote.Name, digest.ToString(), "its content",
                    "run it again; look whether the registry collects what is new"));
            }
        }

        return digests.Count;
    }

    // Once per build: what it has to be is known only when the first stage runs.
    private async Task<(string Image, ClusterJobs Jobs, RegistryBlobRemote Remote)> PrepareAsync(
        IProgress<string> progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _jobs ??= new(session.Cluster.Settings, session.Environment, session.Cluster.TakesOver, session.Time);
            _remote ??= RegistryBlobRemote.Open(Registry, session.Environment, session.Time, session.Output.Mask);
            _image ??= await WorkerImages.SendAsync(session, choice.Base, session.Cluster.Registry!, progress, cancellationToken);
            return (_image, _jobs, _remote);
        }
        finally
        {
            _turn.Release();
        }
    }

    // A registry's client knows what it sent and is asked by one at a time.
    private async Task LockedAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await work(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Artifact Artifact(Digest digest) => new(digest, session.Store.Blobs.PathOf(digest));

    private static StageFailedException Unusable(StageTask task, string said) => new(new Finding(
        "MLB7177", "The answer of a job is none", $"the job of {task.Stage}, {task.Key.Abbreviated}", said,
        "the digest of what this stage gave", "the job's image has to be this build; run it again"));

    private sealed class OfRun(ClusterExecutor executor, PipelineRun run) : IStageExecutor
    {
        public async Task<StageOutputs?> RunAsync(StageTask task, IProgress<string> progress, CancellationToken cancellationToken)
        {
            if (StageRequests.Of(task, run.Specification, executor.Root) is not { } request)
            {
                return null;
            }

            StageAnswer answer;
            try
            {
                answer = await executor.RunAsync(request, task, run, progress, cancellationToken);
            }
            catch (StageFailedException problem)
            {
                // Of cluster and registry: a search must not take it for what a trial is worth.
                throw new StageFailedException(problem.Summary, problem.Findings, problem.Verdict, problem) { NotRun = true };
            }

            return answer.Result is { } result ? new(result, answer.Files) : throw answer.Exception();
        }
    }

    private string Root => session.Root;
}
