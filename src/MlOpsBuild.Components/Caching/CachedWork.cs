using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Caching;

/// <summary>Runs a target's work, or puts back what it made for the same inputs.</summary>
internal static class CachedWork
{
    // Their last runs stand beside those of pipelines, whose names cannot begin with a dot.
    private const string Owner = ".build";
    private const int MostTold = 5;

    public static async Task RunAsync(
        RunSession session, string target, CacheRule rule, Func<RunSession, CancellationToken, Task> work,
        CancellationToken cancellationToken)
    {
        var paths = OutputPaths.Of(target, rule, session.Root);
        var digests = new FileDigests(Path.Combine(session.Store.Folder, "cache", "targets.index"), session.Time);
        var outputs = new OutputFiles(session.Root, paths, session.Store.Blobs, digests);
        var stage = new TargetStage(target, outputs, token => work(session, token));
        var input = new TargetInput(
            CodeDigest.Of(work.Method.Module.Assembly), await FilesAsync(session, target, rule, paths, digests, cancellationToken),
            [.. rule.Values.Select(value => StageInput.Of(value.Name, value.Value()))], paths);
        var run = await session.Store.Stages(Owner, session.Environment, session.IsForecast, session.VerifiesCache)
            .RunAsync(stage, input, new OutputProgress(session.Output), cancellationToken);
        session.Forecast(new(run.Stage, false, null));
        session.CountStage(run.Restored && !run.Verified);
        if (run.Restored && !session.IsForecast)
        {
            await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
            TellChanges(session, await outputs.KeepAsync(cancellationToken), run);
            await outputs.PlaceAsync(
                new(run.Outputs.ToDictionary(output => output.Key, output => output.Value.Digest), run.Result.Programs), cancellationToken);
        }

        await SaveAsync(session, digests, cancellationToken);
        session.Output.Line(StageLine.Of(run));
    }

    private static Task SaveAsync(RunSession session, FileDigests digests, CancellationToken cancellationToken) =>
        session.IsForecast ? Task.CompletedTask : digests.SaveAsync(cancellationToken);

    // Whoever wrote into an output by hand is told where that went.
    private static void TellChanges(RunSession session, OutputSet present, StageRun<TargetResult> run)
    {
        foreach (var (name, digest) in present.Files.Where(file => run.Outputs.GetValueOrDefault(file.Key)?.Digest != file.Value)
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Take(MostTold))
        {
            session.Output.Line(
                $"{run.Stage}: {name} is put back as {(run.Outputs.ContainsKey(name) ? "the target made it" : "no file, since the target makes none there")}; what stood there is {session.Store.Blobs.PathOf(digest)}");
        }
    }

    private static async Task<IReadOnlyList<Artifact>> FilesAsync(
        RunSession session, string target, CacheRule rule, IReadOnlyList<string> outputs, FileDigests digests,
        CancellationToken cancellationToken)
    {
        var found = rule.Inputs
            .Select(pattern => (
                Pattern: pattern, Files: FilePattern.Match(Path.GetFullPath(pattern, session.Root)).Where(File.Exists).ToList()))
            .ToList();
        var findings = found.Where(input => input.Files.Count == 0)
            .Select(input => new Finding(
                "MLB7074", "No file matches an input", $"{target}: .Inputs", input.Pattern,
                "at least one file; folders are written FOLDER/**", "correct the pattern, or run the target that makes the files first"))
            .Concat(found.SelectMany(input => input.Files)
                .Select(session.Named)
                .Where(name => outputs.Any(output => SlashPath.Holds(output, name)))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(name => new Finding(
                    "MLB7075", "A file is an input and an output", $"{target}: .Inputs", name, "inputs that the target does not write",
                    "write the output elsewhere, or name the inputs more closely")))
            .ToList();
        if (findings.Count > 0 && session.IsForecast && found.Find(input => input.Files.Count == 0).Pattern is { } missing)
        {
            // A target before this one may be going to make it.
            throw new StageWouldRunException(target, $"no file matches {missing} yet");
        }

        if (findings.Count > 0)
        {
            throw new UsageException($"The inputs of {target} are wrong", findings);
        }

        var files = await digests.OfAllAsync(
            [.. found.SelectMany(input => input.Files).Distinct().Order(StringComparer.Ordinal)], cancellationToken);

        // Before the work, which may fail: its inputs are not read again for that.
        await SaveAsync(session, digests, cancellationToken);
        return [.. files.Select(file => file with { Name = session.Named(file.Path) })];
    }
}
