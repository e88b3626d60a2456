using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Jobs;
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
    private const int StageLetters = 16;
    private readonly SemaphoreSlim _turn = new(1);
    private JobContent? _content;
    private ClusterJobs? _jobs;
    private string? _image;

    /// <summary>Runs stages of one pipeline's run.</summary>
    public IStageExecutor Of(PipelineRun run) => new OfRun(this, run);

    /// <inheritdoc />
    public void Dispose()
    {
        _turn.Dispose();
        _content?.Dispose();
        _jobs?.Dispose();
    }

    private async Task<StageAnswer> RunAsync(
        StageRequest request, StageTask task, PipelineRun run, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (image, jobs, content) = await PrepareAsync(progress, cancellationToken);
        var asked = await session.Store.Blobs.PutAsync(CanonicalJson.Serialize(request), cancellationToken);
        await content.SendAsync(
            new(
                $"asks-{task.Key.Abbreviated}", "stage-request",
                [
                    new(asked, "request.json"),
                    .. request.Content.Select(digest => new PackagedBlob(session.Store.Blobs.At(digest), null)),
                ],
                null),
            cancellationToken);
        var stage = task.Stage[..Math.Min(task.Stage.Length, StageLetters)].Trim('-');
        var job = new ClusterJob(
            $"{ClusterJob.Prefix}{stage}-{task.Key.Abbreviated}", request.Pipeline, task.Stage, image,
            ["RunStage", "--stage-request", asked.Digest.ToString(), "--registry", session.Cluster.Registry!, "--answer",
                ClusterJob.AnswerFile],
            run.Specification.Jobs)
        {
            Variables = new Dictionary<string, string> { ["MLOPS_ROOT"] = ClusterJob.Folder, ["HOME"] = "/tmp" },
            Secrets = task.Variables,
        };
        progress.Report($"{task.Stage} runs as the job {job.Name} of the cluster");
        return await ReadAsync(task, await jobs.RunAsync(job, progress, cancellationToken), content, cancellationToken);
    }

    // The API server tells the digest of what the worker gave: whoever writes to the registry cannot exchange it.
    private async Task<StageAnswer> ReadAsync(StageTask task, string said, JobContent content, CancellationToken cancellationToken)
    {
        if (!Digest.TryParse(said.Trim(), out var digest))
        {
            throw Unusable(task, Excerpt.Line(said));
        }

        await content.FetchAsync([digest], cancellationToken);
        var answer = CanonicalJson.TryDeserialize<StageAnswer>(await session.Store.Blobs.ReadAsync(digest, cancellationToken));
        if (answer == null || answer.Key != task.Key)
        {
            throw Unusable(task, answer == null ? "another document" : $"an answer for {answer.Key}");
        }

        await content.FetchAsync(answer.Content, cancellationToken);
        return answer;
    }

    // Once per build: what it has to be is known only when the first stage runs.
    private async Task<(string Image, ClusterJobs Jobs, JobContent Content)> PrepareAsync(
        IProgress<string> progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _jobs ??= new(session.Cluster.Settings, session.Environment, session.Cluster.TakesOver, session.Time);
            _content ??= new(session, session.Cluster.Registry!);
            _image ??= await WorkerImages.SendAsync(session, choice.Base, session.Cluster.Registry!, progress, cancellationToken);
            return (_image, _jobs, _content);
        }
        finally
        {
            _turn.Release();
        }
    }

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
