using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Jobs;

/// <summary>
/// The build program as a worker: one stage, from what the registry has under the digests of a request, to what it has under those of the
/// answer. Nothing else of a checkout is there.
/// </summary>
internal static class StageWorker
{
    private const int KeyLetters = 12;

    /// <summary>Runs the stage of a request and writes the digest of its answer.</summary>
    /// <param name="session">The session, on an empty folder.</param>
    /// <param name="pipelines">The pipelines of this build.</param>
    /// <param name="request">Digest of the request.</param>
    /// <param name="answer">The file that is told the digest of the answer.</param>
    /// <param name="cancellationToken">Ends it; no answer is written then.</param>
    public static async Task RunAsync(
        RunSession session, IEnumerable<ModelPipeline> pipelines, string request, string answer, CancellationToken cancellationToken)
    {
        var registry = session.Cluster.Registry ?? throw new UsageException(new Finding(
            "MLB7178", "A worker without a registry", "RunStage", null, "--registry HOST/REPOSITORY", "only builds start workers"));
        using var remote = RegistryBlobRemote.Open(
            ImageTransfer.PlaceOf(registry, WorkerImages.Place), session.Environment, session.Time, session.Output.Mask);
        var digest = Digest.Parse(request);
        await FetchAsync(session, remote, digest, cancellationToken);
        var asked = CanonicalJson.Deserialize<StageRequest>(await session.Store.Blobs.ReadAsync(digest, cancellationToken));
        session.Output.Line($"{asked.Stage} of {asked.Pipeline}, {asked.Key.Abbreviated}");
        var given = await AnswerAsync(session, pipelines, asked, remote, cancellationToken);
        var document = await session.Store.Blobs.PutAsync(CanonicalJson.Serialize(given), cancellationToken);
        await remote.SendAsync(
            new(
                $"gives-{asked.Key.Hex[..KeyLetters]}", "stage-answer",
                [
                    new(document, "answer.json"),
                    .. given.Result is { } result ? [new(Of(result), "result.json")] : (PackagedBlob[])[],
                    .. given.Files.Where(file => file.Value != given.Result).Select(file => new PackagedBlob(Of(file.Value), file.Key)),
                ],
                null),
            cancellationToken);
        await File.WriteAllTextAsync(answer, document.Digest.ToString(), cancellationToken);
        session.Output.Good($"the answer is {document.Digest.Abbreviated}");

        Artifact Of(Digest content) => new(content, session.Store.Blobs.PathOf(content));
    }

    // What the stage says no to, it says no to on every node: that is an answer. What else goes wrong may go well on another one.
    private static async Task<StageAnswer> AnswerAsync(
        RunSession session, IEnumerable<ModelPipeline> pipelines, StageRequest asked, RegistryBlobRemote remote,
        CancellationToken cancellationToken)
    {
        foreach (var content in asked.Content)
        {
            await FetchAsync(session, remote, content, cancellationToken);
        }

        try
        {
            var pipeline = pipelines.FirstOrDefault(known => known.Name == asked.Pipeline)
                ?? throw new UsageException(new Finding(
                    "MLB7179", "The worker has no such pipeline", "RunStage", asked.Pipeline,
                    string.Join(", ", pipelines.Select(known => known.Name)), "the job's image has to be this build"));
            foreach (var (path, content) in asked.Files)
            {
                await AtomicFile.WriteAsync(
                    PlaceOf(path, session.Root), await session.Store.Blobs.ReadAsync(content, cancellationToken), cancellationToken);
            }

            var outputs = await StageRequests.RunAsync(
                asked, pipeline, session.Root, session.Store, session.Environment, new OutputProgress(session.Output), cancellationToken);
            return new(asked.Key, outputs.Result, outputs.Files);
        }
        catch (FindingsException no)
        {
            session.Output.Warn(no.Message);
            return new(asked.Key, null, [])
            {
                Failure = no.Summary, Findings = no.Findings, Verdict = (no as StageFailedException)?.Verdict,
            };
        }
    }

    private static string PlaceOf(string path, string root) =>
        Path.GetFullPath(path, root) is var full && SlashPath.From(root, full) is var below && below != ".."
            && !below.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(below)
                ? full
                : throw new UsageException(new Finding(
                    "MLB7180", "A file that lies outside the checkout", "RunStage", path, "a path below it",
                    "move the trainer's files into the checkout"));

    private static async Task FetchAsync(
        RunSession session, RegistryBlobRemote remote, Digest digest, CancellationToken cancellationToken)
    {
        if (!await remote.TryFetchAsync(digest, session.Store.Blobs.PathOf(digest), cancellationToken))
        {
            throw new StageFailedException(new Finding(
                "MLB7181", "What a job needs is not in the registry", remote.Name, digest.ToString(), "its content",
                "run it again; look whether the registry collects what is new"));
        }
    }
}
