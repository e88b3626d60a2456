using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Registered version → a file for others, once both were seen to predict the same.</summary>
internal static class ExportFlow
{
    private const double Tolerance = 1e-5;

    // Smaller predictions than this are compared with it: beside nothing every difference is large.
    private const double Least = 1e-6;

    public static async Task ExportOnnxAsync(
        RunSession session, string pipeline, int? number, string? to, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(session, pipeline, number, cancellationToken);
        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
        var model = await ReadAsync<TrainedModel>(bundle, BundlePart.Model, cancellationToken);
        if (model is PromptModel)
        {
            throw new UsageException(new Finding(
                "MLB7115", "A language model has no ONNX form", $"{pipeline} v{version.Number}", "a prompt and an endpoint",
                "a version that predicts by itself", "its prompt and settings are in the bundle's model.json"));
        }

        var exporter = ForeignLibrary.Load<IModelExporter>(OnnxModel.Library);
        var known = (await ReadAsync<DataContract>(bundle, BundlePart.Contract, cancellationToken)).KnownWhenPredicting;
        var rows = await File.ReadAllLinesAsync((await bundle.PartAsync(BundlePart.Rows, cancellationToken)).Path, cancellationToken);
        var file = model is OnnxModel given ? given.File : exporter.Export(model);
        var exported = model is OnnxModel ? (OnnxModel)model : exporter.Read(model, file);
        double largest;
        try
        {
            largest = Largest(model, exported, new(model.Fields, known), rows, cancellationToken);
        }
        finally
        {
            exported.Close();
        }

        var path = to
            ?? Path.Combine(
                session.Store.Folder, "exports", string.Create(CultureInfo.InvariantCulture, $"{pipeline}-v{version.Number}.onnx"));
        await AtomicFile.WriteAsync(path, file, cancellationToken);
        session.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline} v{version.Number} as ONNX: {Path.GetRelativePath(session.Root, path)}, {file.Length:N0} bytes; on {rows.Length:N0} held-out rows the largest difference is {largest:0.0e+0} (of at most {Tolerance:0e+0})"));
        session.Note($"v{version.Number}, largest difference {largest.ToString("0.0e+0", CultureInfo.InvariantCulture)}");
    }

    /// <summary>The version of that number; without one what serves, or else the newest.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static async Task<ModelVersion> VersionAsync(
        RunSession session, string pipeline, int? number, CancellationToken cancellationToken)
    {
        var registry = session.Store.Versions(pipeline);
        var all = await registry.AllAsync(cancellationToken);
        var found = number is { } wanted
            ? all.FirstOrDefault(version => version.Number == wanted)
            : await session.ChampionAsync(pipeline, cancellationToken) ?? all.MaxBy(version => version.Number);
        return found
            ?? throw new UsageException(new Finding(
                "MLB7038", "There is no such version", pipeline, number?.ToString(CultureInfo.InvariantCulture),
                all.Count == 0 ? "a registered version" : string.Join(", ", all.Select(version => $"v{version.Number}")),
                "make one with ./build.sh Package"));
    }

    private static async Task<T> ReadAsync<T>(Bundle bundle, BundlePart part, CancellationToken cancellationToken) =>
        CanonicalJson.Deserialize<T>(
            await File.ReadAllBytesAsync((await bundle.PartAsync(part, cancellationToken)).Path, cancellationToken));

    private static double Largest(
        TrainedModel model, ForeignModel exported, RowReader reader, IReadOnlyList<string> rows, CancellationToken cancellationToken)
    {
        var (largest, findings) = (0.0, new List<Finding>());
        foreach (var (position, line) in rows.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var where = string.Create(CultureInfo.InvariantCulture, $"held-out row {position + 1}");
            if (reader.Read(JsonSerializer.SerializeToElement(LabelledRow.Parse(line).Features), where, findings) is { } row)
            {
                var (ours, theirs) = (model.Predict(row.Input), exported.Predict(row.Input));
                var difference = Enumerable.Range(0, ours.Count)
                    .Max(number => Math.Abs(ours[number] - theirs[number]) / Math.Max(Math.Abs(ours[number]), Least));
                largest = Math.Max(largest, difference);
                if (!(difference <= Tolerance))
                {
                    findings.Add(new(
                        "MLB7039", "The exported model predicts something else", where, theirs.ToString(), ours.ToString(),
                        "tell us of it, with the model"));
                }
            }
        }

        return findings.Count == 0 ? largest : throw new StageFailedException("Nothing is exported", [.. findings.Take(20)], Verdict.Error);
    }
}
