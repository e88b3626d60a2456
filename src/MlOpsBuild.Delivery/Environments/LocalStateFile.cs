using System.Globalization;
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
    private const int KeyLength = 16;
    private readonly string _path;

    /// <summary>State of <paramref name="pipeline"/> on environment <paramref name="environment"/> of the checkout at <paramref name="root"/>.</summary>
    public LocalStateFile(string root, string pipeline, string environment, IReadOnlyDictionary<string, string> variables)
    {
        Folder = PrivateFile.CreateFolder(FolderOf(root, variables));
        _path = Path.Combine(Folder, $"{pipeline}.{environment}.json");
    }

    /// <summary>Where servers get their working folders.</summary>
    public string Folder { get; }

    /// <summary>Pipelines with processes on <paramref name="environment"/>, from the file names alone.</summary>
    public static IReadOnlyList<string> Pipelines(string root, string environment, IReadOnlyDictionary<string, string> variables)
    {
        var folder = FolderOf(root, variables);
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
    public Task WriteAsync(LocalState state, CancellationToken cancellationToken) => PrivateFile.WriteAsync(_path, CanonicalJson.Serialize(state), cancellationToken);

    /// <summary>Forgets the state.</summary>
    public void Delete() => File.Delete(_path);

    private static string FolderOf(string root, IReadOnlyDictionary<string, string> variables)
    {
        var runtime = variables.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } given && Directory.Exists(given)
            ? given
            : Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"mlops-{Environment.UserName}"));
        PrivateFile.CreateFolder(runtime);
        return Path.Combine(runtime, "mlops-" + Digest.Of(Path.GetFullPath(root)).Hex[..KeyLength]);
    }
}
