using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Modeling.Pipelines;
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
        using var content = new JobContent(session, registry);
        var digest = Digest.Parse(request);
        await content.FetchAsync([digest], cancellationToken);
        var asked = CanonicalJson.Deserialize<StageRequest>(await session.Store.Blobs.ReadAsync(digest, cancellationToken));
        session.Output.Line($"{asked.Stage} of {asked.Pipeline}, {asked.Key.Abbreviated}");
        await content.FetchAsync(asked.Content, cancellationToken);
        var given = await AnswerAsync(session, pipelines, asked, cancellationToken);
        var document = await session.Store.Blobs.PutAsync(CanonicalJson.Serialize(given), cancellationToken);
        var names = given.Files.ToLookup(file => file.Value, file => file.Key);
        await content.SendAsync(
            new(
                $"gives-{asked.Key.Abbreviated}", "stage-answer",
                [
                    new(document, "answer.json"),
                    .. given.Content.Select(part => new PackagedBlob(
                        session.Store.Blobs.At(part), part == given.Result ? "result.json" : names[part].First())),
                ],
                null),
            cancellationToken);
        await File.WriteAllTextAsync(answer, document.Digest.ToString(), cancellationToken);
        session.Output.Good($"the answer is {document.Digest.Abbreviated}");
    }

    // What the stage says no to, it says no to on every node: that is an answer. What else goes wrong may go well on another one.
    private static async Task<StageAnswer> AnswerAsync(
        RunSession session, IEnumerable<ModelPipeline> pipelines, StageRequest asked, CancellationToken cancellationToken)
    {
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
}
