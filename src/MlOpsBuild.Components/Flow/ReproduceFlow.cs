using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Reporting.Reproducing;
using MlOpsBuild.Store.Baselines;
using MlOpsBuild.Store.Runs;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>A version → the same model once more, by its commit's own build, from what its lineage names; or what differs.</summary>
internal static class ReproduceFlow
{
    private const string Place = "reproduce";

    public static async Task ReproduceAsync(RunSession session, string? only, string? text, CancellationToken cancellationToken)
    {
        var named = await NamedVersion.FindAsync(session, only, text, "Reproduce", cancellationToken);
        var run = await named.RunAsync(session, "Reproduce", cancellationToken);
        var source = named.Version.Source ?? run.Source;
        if (ReproductionCheck.Obstacles(run, source) is { Count: > 0 } obstacles)
        {
            throw new StageFailedException("It cannot be made once more", obstacles, Verdict.Inconclusive);
        }

        var folder = Path.Combine(session.Root, ".nuke", "temp", Place, "data", run.Id);
        try
        {
            var data = run.Simulated ? null : await DataAsync(session, run, folder, cancellationToken);
            var views = await ViewsAsync(session, run, folder, cancellationToken);
            session.Output.Line(Invariant(
                $"{named}: commit {source!.ShortCommit}, {(data == null ? "simulated data" : Path.GetRelativePath(session.Root, data))}, in a checkout of its own"));
            var made = (RunRecord?)null;
            var problem = await new CommitBuild(session.Root, session.Environment, session.Time).RunAsync(
                source.Commit, Place, ["Train", .. CommitBuild.ArgumentsOf(run, data), .. ViewFiles.Arguments(views)],
                record => record.Model != null,
                (_, record) =>
                {
                    made = record;
                    return Task.CompletedTask;
                },
                new OutputProgress(session.Output), cancellationToken);
            Conclude(session, named.ToString(), run, source, made, problem);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Conclude(
        RunSession session, string version, RunRecord run, SourceRevision source, RunRecord? made, string? problem)
    {
        if (made == null)
        {
            throw new StageFailedException(
                $"{version} could not be made once more",
                [new("MLB7107", "The build of its commit made no model", source.ShortCommit, problem, "a model",
                    "look at what it printed")],
                Verdict.Error);
        }

        if (ReproductionCheck.Differences(run, source, made) is { Count: > 0 } differences)
        {
            throw new StageFailedException($"{version} is not reproduced", differences, Verdict.Failed);
        }

        session.Note("reproduced");
        session.Output.Good($"{version} is reproduced: model {made.Model!.Value.Abbreviated}, to the bit, from commit {source.ShortCommit}");
    }

    // What was read then is what was kept then; the file that it was read from may be gone, or another one by now.
    private static async Task<string> DataAsync(RunSession session, RunRecord run, string folder, CancellationToken cancellationToken)
    {
        var key = run.Stages.FirstOrDefault(stage => stage.Stage == new IngestStage().Name)?.Key;
        var kept = key is { } known
            ? await session.Store.Stages(run.Pipeline).FindAsync<Snapshot>(known, cancellationToken)
            : null;
        if (kept is not var (snapshot, outputs) || snapshot.HeldOut > 0)
        {
            return run.DataSource is { } path && File.Exists(Path.GetFullPath(path, session.Root))
                ? Path.GetFullPath(path, session.Root)
                : throw new StageFailedException(
                    "Its data are gone",
                    [new(
                        "MLB7108", "Neither the store nor its place has the data", run.DataSource ?? "its data", run.Data?.ToString(),
                        "the rows that it was trained on", "with --remote the team's store is asked, too; Prune takes data that no version names")],
                    Verdict.Inconclusive);
        }

        return Copied(snapshot, outputs, folder);
    }

    // The rows of its feature views as they were then; those that are kept no more are read from where the view says, and told to differ.
    private static async Task<IReadOnlyDictionary<string, string>> ViewsAsync(
        RunSession session, RunRecord run, string folder, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var view in run.Views?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            var stage = new IngestStage(view).Name;
            if (run.Stages.FirstOrDefault(known => known.Stage == stage)?.Key is { } key
                && await session.Store.Stages(run.Pipeline).FindAsync<Snapshot>(key, cancellationToken) is var (snapshot, outputs))
            {
                files[view] = Copied(snapshot, outputs, Path.Combine(folder, "views", view));
            }
        }

        return files;
    }

    // A pattern where there are several: their names are those that they had.
    private static string Copied(Snapshot snapshot, IReadOnlyDictionary<string, Artifact> outputs, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = SnapshotFiles.InOrder(outputs);
        foreach (var (name, file) in snapshot.Names.Zip(files))
        {
            File.Copy(file.Path, Path.Combine(folder, Path.GetFileName(name)), overwrite: true);
        }

        return files.Count == 1 ? Path.Combine(folder, Path.GetFileName(snapshot.Names[0])) : Path.Combine(folder, "*");
    }
}
