using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// The team's blobs in a container registry. Every package becomes an artifact under a tag of its own, so that the registry's garbage
/// collection keeps what the facts name; a bundle is pushed as the artifact it is.
/// </summary>
public sealed class RegistryBlobRemote : IBlobRemote, IDisposable
{
    private readonly RegistryAddress _address;
    private readonly Func<CancellationToken, Task<RegistryClient>> _open;
    private readonly HashSet<Digest> _known = [];
    private RegistryClient? _client;

    private RegistryBlobRemote(RegistryAddress address, Func<CancellationToken, Task<RegistryClient>> open)
    {
        _address = address;
        _open = open;
    }

    /// <inheritdoc />
    public string Name => _address.ToString();

    /// <summary>The registry at <paramref name="address"/>; nothing is asked of it yet.</summary>
    /// <param name="address">Host and repository.</param>
    /// <param name="variables">The environment, which holds user and password.</param>
    /// <param name="time">The clock of retries and tokens.</param>
    /// <param name="mask">Told every secret before it is used.</param>
    /// <param name="options">Chunks and patience.</param>
    /// <exception cref="UsageException">The address is not usable.</exception>
    public static RegistryBlobRemote Open(
        string address, IReadOnlyDictionary<string, string> variables, TimeProvider time, Action<string> mask,
        RegistryOptions? options = null)
    {
        var parsed = RegistryAddress.Parse(address);
        return new(parsed, cancellationToken => RegistryClient.OpenAsync(parsed, variables, time, mask, options, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<int> SendAsync(BlobPackage package, CancellationToken cancellationToken)
    {
        var client = await ClientAsync(cancellationToken);
        var sent = 0;
        foreach (var blob in package.Blobs.Where(blob => blob.Content.Digest != package.Manifest?.Digest))
        {
            sent += await PushAsync(client, blob.Content, cancellationToken) ? 1 : 0;
        }

        if (package.Manifest is { } manifest)
        {
            await client.PushManifestAsync(
                package.Name, await File.ReadAllBytesAsync(manifest.Path, cancellationToken), OciManifest.ManifestType, cancellationToken);
            return sent + 1;
        }

        await PushEmptyAsync(client, package.Blobs[0].Content.Path, cancellationToken);
        await client.PushManifestAsync(
            package.Name, CanonicalJson.Serialize(Describe(package)), OciManifest.ManifestType, cancellationToken);
        return sent;
    }

    /// <inheritdoc />
    public async Task<bool> TryFetchAsync(Digest digest, string path, CancellationToken cancellationToken)
    {
        var client = await ClientAsync(cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (await client.TryPullBlobAsync(digest, path, cancellationToken))
        {
            return true;
        }

        // A manifest is not a blob to a registry.
        if (await client.PullManifestAsync(digest.ToString(), cancellationToken) is not { } manifest)
        {
            return false;
        }

        await Store.Content.AtomicFile.WriteAsync(path, manifest, cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _client?.Dispose();

    private async Task<bool> PushAsync(RegistryClient client, Artifact blob, CancellationToken cancellationToken)
    {
        var sent = !_known.Contains(blob.Digest) && await client.PushBlobAsync(blob.Digest, blob.Path, null, cancellationToken);
        _known.Add(blob.Digest);
        return sent;
    }

    private async Task PushEmptyAsync(RegistryClient client, string beside, CancellationToken cancellationToken)
    {
        var digest = OciEmpty.Descriptor.Digest;
        var path = Path.Combine(Path.GetDirectoryName(beside)!, digest.Hex);
        if (!File.Exists(path))
        {
            await Store.Content.AtomicFile.WriteAsync(path, OciEmpty.Content, cancellationToken);
        }

        await PushAsync(client, new(digest, path), cancellationToken);
    }

    private static OciManifest Describe(BlobPackage package) => new(
        2, OciManifest.ManifestType, $"application/vnd.mlopsbuild.{package.Kind}.v1",
        OciEmpty.Descriptor,
        [.. package.Blobs.OrderBy(blob => blob.Content.Digest.Hex, StringComparer.Ordinal).Select(blob => new OciDescriptor(
            MediaTypeOf(blob), blob.Content.Digest, new FileInfo(blob.Content.Path).Length,
            blob.Title == null ? null : new Dictionary<string, string> { [OciAnnotation.Title] = blob.Title }))],
        new Dictionary<string, string> { [OciAnnotation.Title] = package.Name });

    private static string MediaTypeOf(PackagedBlob blob) => Path.GetExtension(blob.Title) switch
    {
        ".json" => "application/json",
        ".jsonl" => "application/jsonl",
        ".csv" => "text/csv",
        ".md" => "text/markdown",
        _ => "application/octet-stream",
    };

    private async Task<RegistryClient> ClientAsync(CancellationToken cancellationToken) => _client ??= await _open(cancellationToken);
}
