using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>Data to compare: files, or what a run took a snapshot of.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Files">Its files, in order.</param>
/// <param name="Contract">What it was written for; null where nobody knows.</param>
internal sealed record ComparedData(string Name, IReadOnlyList<TableFile> Files, DataContract? Contract)
{
    /// <summary>What a word of the command line names: a file, a pattern, a pointer of DVC; a version, an alias or a run.</summary>
    /// <exception cref="UsageException">It names nothing, or two things.</exception>
    public static async Task<ComparedData> OfAsync(
        RunSession session, string text, IReadOnlyList<PipelineRun> pipelines, PipelineRun? picked, CancellationToken cancellationToken)
    {
        if (IsFile(session.Root, text))
        {
            var files = await SourceFiles.LocateAsync(text, session.Root, cancellationToken);
            var format = picked?.Specification.Source.Format ?? TableFormat.Usual;
            return new(text, [.. files.Select(file => TableFile.At(file.Path, file.Name, format))], picked?.Specification.Contract);
        }

        var found = new List<(PipelineRun Pipeline, string Name, RunRecord Run)>();
        foreach (var pipeline in picked == null ? pipelines : [picked])
        {
            found.AddRange(await RunsOfAsync(session, pipeline, text, cancellationToken));
        }

        return found.Count switch
        {
            1 => await OfRunAsync(session, found[0].Pipeline, found[0].Name, found[0].Run, cancellationToken),
            0 => throw new UsageException(new Finding(
                "MLB7029", "No data is called that", "DataDiff", text,
                "a file, a pattern, a .dvc file; a version such as v3, an alias such as champion, or the id of a run",
                "correct it; ./build.sh History lists versions")),
            _ => throw new UsageException(new Finding(
                "MLB7030", "Several pipelines have that", "DataDiff", text,
                string.Join(", ", found.Select(each => each.Pipeline.Specification.Name)), "say whose it is with --pipeline")),
        };
    }

    /// <summary>The data that a pipeline reads now.</summary>
    public static async Task<ComparedData> NowAsync(RunSession session, PipelineRun pipeline, CancellationToken cancellationToken)
    {
        var snapshot = (await TrainingFlow.IngestAsync(session, pipeline, null, cancellationToken)).Snapshot;
        return new($"{pipeline.Specification.Name} now", snapshot.Tables, pipeline.Specification.Contract);
    }

    private static bool IsFile(string root, string text) => Path.Exists(Path.GetFullPath(text, root)) || text.AsSpan().ContainsAny("*?/\\")
        || text.Contains(".dvc", StringComparison.Ordinal) || text.Contains("dvc.lock", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<(PipelineRun Pipeline, string Name, RunRecord Run)>> RunsOfAsync(
        RunSession session, PipelineRun pipeline, string text, CancellationToken cancellationToken)
    {
        var (name, registry) = (pipeline.Specification.Name, session.Store.Versions(pipeline.Specification.Name));
        var version = registry.Aliases().Contains(text) ? await registry.ResolveAsync(text, cancellationToken)
            : (await registry.AllAsync(cancellationToken))
                .FirstOrDefault(version => text == FormattableString.Invariant($"v{version.Number}")
                    || text == FormattableString.Invariant($"{name}-v{version.Number}"));
        var run = await session.Store.Runs.FindAsync(version?.Run ?? text, cancellationToken);
        return run?.Pipeline == name
            ? [(pipeline, version == null ? $"run {run.Id}" : FormattableString.Invariant($"{name} v{version.Number}"), run)]
            : [];
    }

    private static async Task<ComparedData> OfRunAsync(
        RunSession session, PipelineRun pipeline, string name, RunRecord run, CancellationToken cancellationToken)
    {
        var stage = run.Stages.LastOrDefault(stage => stage.Stage == new IngestStage().Name);
        if (stage == null || await session.Store.Stages(run.Pipeline).FindAsync<Snapshot>(stage.Key, cancellationToken) is not { } snapshot)
        {
            throw new StageFailedException(new(
                "MLB7031", "The data of that run are kept no more", name, run.Data?.Abbreviated, "a snapshot in the store",
                "name the file, or a newer version; Clean takes away what nothing refers to"));
        }

        var contract = run.Contract is { } digest && session.Store.Blobs.Contains(digest)
            ? CanonicalJson.Deserialize<DataContract>(await session.Store.Blobs.ReadAsync(digest, cancellationToken))
            : null;
        var joined = run.Stages.LastOrDefault(stage => stage.Stage == new JoinStage().Name) is { } join
            ? await session.Store.Stages(run.Pipeline).FindAsync<JoinedRows>(join.Key, cancellationToken)
            : null;
        var files = new SnapshotFiles(snapshot.Result.Names, SnapshotFiles.InOrder(snapshot.Outputs))
        {
            Format = pipeline.Specification.Source.Format, HeldOutFormat = pipeline.Specification.Source.Format,
            Joined = joined == null ? [] : SnapshotFiles.InOrder(joined.Value.Outputs),
        };
        return new(name, files.Tables, contract);
    }
}
