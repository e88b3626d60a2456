using MlOpsBuild.Core;
using MlOpsBuild.Tracking.Rest;

namespace MlOpsBuild.Tracking.Models;

/// <summary>
/// Brings a registered ONNX model to this machine. A pipeline pins it by its digest: where the registry names another one by now, that is
/// told, and the pinned one is taken.
/// </summary>
/// <param name="server">The server; null where none was named.</param>
/// <param name="folder">The store's folder.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class ModelImport(TrackingServer? server, string folder, TimeProvider time)
{
    private const string Description = "MLmodel";
    private const long LargestModel = 512 * 1024 * 1024;
    private const long LargestDescription = 1024 * 1024;

    /// <summary>Lets <paramref name="path"/> hold the pinned file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What somebody should know; null for nothing.</returns>
    /// <exception cref="UsageException">No server was named, or nothing is pinned.</exception>
    /// <exception cref="StageFailedException">It cannot be loaded, or holds something else.</exception>
    public async Task<string?> BringAsync(WantedModel model, string path, CancellationToken cancellationToken)
    {
        var isHere = model.Pinned is { } pinned && File.Exists(path) && await DigestOfAsync(path, cancellationToken) == pinned;
        if (server == null)
        {
            return isHere ? null : throw new UsageException(new Finding(
                "MLB4056", "No MLflow server is named", model.ToString(), null, $"--mlflow URL, or {TrackingServer.AddressVariable}",
                "name the server whose registry has the model"));
        }

        try
        {
            using var rest = new RestConnection(server, time);
            return await LookAsync(rest, model, path, isHere, cancellationToken);
        }
        catch (TrackingRefusedException refused) when (isHere)
        {
            return $"whether {model} is still the pinned model is not known: {refused.Message}";
        }
        catch (TrackingRefusedException refused)
        {
            throw new StageFailedException(new Finding(
                "MLB4057", "The registered model cannot be loaded", $"{model} of {server}", refused.Message, "an ONNX model",
                "look at the name, the alias and the credentials"));
        }
    }

    private async Task<string?> LookAsync(
        RestConnection rest, WantedModel model, string path, bool isHere, CancellationToken cancellationToken)
    {
        var calls = new ModelCalls(rest);
        var version = model.Version ?? await calls.ResolveAsync(model.Name, model.Alias!, cancellationToken);
        var known = await KnownModels.ReadAsync(Path.Combine(folder, "cache", "mlflow", "models.json"), cancellationToken);
        var found = known.Find(server!, model.Name, version);
        if (found == null || (found == model.Pinned && !isHere))
        {
            var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var address = await calls.FilesAsync(model.Name, version, cancellationToken);
                found = await LoadAsync(rest, address, model, temporary, cancellationToken);
                await known.KeepAsync(server!, model.Name, version, found.Value, cancellationToken);
                if (found == model.Pinned)
                {
                    File.Move(temporary, path, overwrite: true);
                    isHere = true;
                }
            }
            finally
            {
                File.Delete(temporary);
            }
        }

        return found == model.Pinned ? null
            : model.Pinned is not { } pinned
            ? throw new UsageException(new Finding(
                "MLB4058", "The registered model is not pinned", model.ToString(), $"version {version}, SHA-256 {found.Value.Hex}",
                "the SHA-256 of the one that is meant", $"write Trainers.Onnx(\"{model}\", \"{found.Value.Hex}\")"))
            : isHere
            ? $"{model} is version {version} there by now, another model: SHA-256 {found.Value.Hex}. "
            + $"The pinned one, {pinned.Abbreviated}…, is taken; to take the new one, pin it."
            : throw new StageFailedException(new Finding(
                "MLB4059", "The registered model is another one", $"{model} of {server}", $"version {version}, SHA-256 {found.Value.Hex}",
                pinned.Hex, "look at what changed there, and pin the new digest if it is right"));
    }

    private static async Task<Digest> LoadAsync(
        RestConnection rest, string address, WantedModel model, string path, CancellationToken cancellationToken)
    {
        var files = ArtifactFolder.Of(rest, address) ?? throw new StageFailedException(new Finding(
            "MLB4060", "The registered model's files are not behind the server", model.ToString(), Excerpt.Line(address),
            "an address of mlflow-artifacts:", "let the server hand artifacts through (mlflow server --serve-artifacts)"));
        using var description = new MemoryStream();
        await files.LoadAsync(Description, description, LargestDescription, cancellationToken);
        await using var target = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await files.LoadAsync(
            ModelDescription.OnnxFile(description.ToArray(), model.ToString()), target, LargestModel, cancellationToken);
        target.Flush(flushToDisk: true);
        target.Position = 0;
        return await Digest.OfAsync(target, cancellationToken);
    }

    private static async Task<Digest> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return await Digest.OfAsync(stream, cancellationToken);
    }
}
