using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>
/// Process state and tokens of one checkout's environments: mode 0600, under the user's runtime folder and never in the store,
/// since they mean nothing elsewhere and must not be shared.
/// </summary>
public sealed class LocalStateFile
{
    private readonly string _path;
    private readonly string _root;

    /// <summary>State of <paramref name="pipeline"/> on environment <paramref name="environment"/> of the checkout at <paramref name="root"/>.</summary>
    public LocalStateFile(string root, string pipeline, string environment, IReadOnlyDictionary<string, string> variables)
    {
        _root = root;
        Folder = PrivateFile.CreateFolder(RuntimeFolder.Of(root, variables));
        _path = Path.Combine(Folder, $"{pipeline}.{environment}.json");
    }

    /// <summary>Where servers get their working folders.</summary>
    public string Folder { get; }

    /// <summary>Pipelines with processes on <paramref name="environment"/>, from the file names alone.</summary>
    public static IReadOnlyList<string> Pipelines(string root, string environment, IReadOnlyDictionary<string, string> variables)
    {
        var folder = RuntimeFolder.Of(root, variables);
        var ending = $".{environment}.json";
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*" + ending).Select(file => Path.GetFileName(file)[..^ending.Length]).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The state, empty when there is none or it cannot be read.</summary>
    public LocalState Read()
    {
        try
        {
            return File.Exists(_path) ? CanonicalJson.Deserialize<LocalState>(File.ReadAllBytes(_path)) : LocalState.Empty;
        }
        catch (JsonException)
        {
            return LocalState.Empty;
        }
    }

    /// <summary>Replaces the state.</summary>
    public async Task WriteAsync(LocalState state, CancellationToken cancellationToken)
    {
        await PrivateFile.WriteAsync(_path, CanonicalJson.Serialize(state), cancellationToken);
        await RuntimeFolder.RememberAsync(_root, Folder, cancellationToken);
    }

    /// <summary>Forgets the state.</summary>
    public void Delete() => File.Delete(_path);
}
