using MlOpsBuild.Components.Inference;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Flow;

/// <summary>A file → the record and the pipeline that fit it, or what a pipeline's contract would have to say.</summary>
internal static class InferenceFlow
{
    public static async Task InferAsync(
        RunSession session, string? data, string? name, string? label, IReadOnlyList<PipelineSpec> pipelines,
        CancellationToken cancellationToken)
    {
        if (data == null)
        {
            throw new UsageException(new Finding("MLB7047", "No file to look at", "InferContract", null, "--data FILE", "say which file"));
        }

        var found = (await SourceFiles.LocateAsync(data, session.Root, cancellationToken))[0];
        var file = found.Path;
        var compared = name == null && pipelines.Count == 1 ? pipelines[0] : null;
        var inferred = await ContractInference.OfAsync(
            TableFile.At(file, found.Name, compared?.Source.Format ?? TableFormat.Usual), label ?? compared?.Contract.Label.Name,
            cancellationToken);
        if (compared != null)
        {
            Compare(session, compared, inferred);
            return;
        }

        var pipeline = NameOf(name ?? found.Name.Split('.')[0]);
        var path = Path.Combine(session.Root, "pipelines", pipeline + ".cs");
        if (File.Exists(path) || Directory.Exists(Path.ChangeExtension(path, null)))
        {
            throw new UsageException(new Finding(
                "MLB7048", "There is such a pipeline", "--name", pipeline, "a name that is free",
                $"choose another one, or see what its contract would have to say: InferContract --pipeline {pipeline} --data {data}"));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var relative = Path.GetRelativePath(session.Root, file);
        await File.WriteAllTextAsync(
            path, PipelineText.Of(pipeline, relative.StartsWith("..", StringComparison.Ordinal) ? file : relative, inferred),
            cancellationToken);
        inferred.Remarks.ToList().ForEach(remark => session.Output.Line(remark));
        session.Output.Good(FormattableString.Invariant(
            $"{Path.GetRelativePath(session.Root, path)} holds the record and a pipeline for {inferred.Rows:N0} rows of {inferred.Columns.Count} columns; read it, add new {pipeline}() to Pipelines in build/Build.cs, and run ./build.sh Train --pipeline {pipeline}"));
    }

    private static void Compare(RunSession session, PipelineSpec pipeline, InferredContract inferred)
    {
        var patch = ContractPatch.Of(pipeline.Contract, inferred);
        if (patch.Count == 0)
        {
            session.Output.Good($"the file keeps the contract {pipeline.Contract.Name}, column by column");
            return;
        }

        session.Output.Line(
            $"so that the file keeps it, {pipeline.Contract.Name} would have to say (where the data is right, and not the contract):");
        patch.ToList().ForEach(line => session.Output.Line(line));
    }

    private static string NameOf(string text)
    {
        var letters = string
            .Concat(
                text.Split(['-', '_', ' ', '.']).Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
            .Where(char.IsLetterOrDigit)
            .ToArray();
        return letters.Length > 0 && char.IsLetter(letters[0]) ? new(letters)
            : throw new UsageException(new Finding(
                "MLB7049", "No name of a pipeline", "--name", text, "letters and digits, a letter first", "name it with --name"));
    }
}
