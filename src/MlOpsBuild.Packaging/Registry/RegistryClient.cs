using System.Text.RegularExpressions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// One repository of an OCI registry (distribution specification 1.1): blobs, manifests and tags. Safe for several transfers at
/// once. Failures that may pass (cut or silent connections, 408, 429, 500, 502, 503, 504) are tried again; every other failure,
/// and too many of these, is a <see cref="StageFailedException"/> whose finding says what happened and what to do.
/// </summary>
public sealed partial class RegistryClient : IDisposable
{
    private readonly RegistryAttempts _attempts;
    private readonly ManifestTransfer _manifests;
    private readonly RegistryOptions _options;
    private readonly RegistryTransport _transport;

    /// <summary>A client of <paramref name="address"/>; nothing is sent until something is asked.</summary>
    /// <param name="address">The repository.</param>
    /// <param name="credentials">Shown only to whom the registry's challenge names; null for anonymous access.</param>
    /// <param name="handler">Sends the requests, see <see cref="HandlerFor"/>; must not follow redirects. Disposed with the client.</param>
    /// <param name="time">Measures pauses and the life of tokens.</param>
    /// <param name="options">Chunks and patience.</param>
    public RegistryClient(
        RegistryAddress address, RegistryCredentials? credentials, HttpMessageHandler handler, TimeProvider time,
        RegistryOptions? options = null)
    {
        Address = address;
        _options = options ?? new();
        _transport = new(address, credentials, new IdleTimeoutHandler(handler, _options.LongestSilence), time);
        _attempts = new(address, _options, time);
        _manifests = new(_transport, address);
    }

    /// <summary>The repository.</summary>
    public RegistryAddress Address { get; }

    /// <summary>A client for real use, with the credentials that this machine has for <paramref name="address"/>.</summary>
    /// <param name="address">The repository.</param>
    /// <param name="variables">The environment, which may hold user and password.</param>
    /// <param name="time">The clock of retries and tokens.</param>
    /// <param name="mask">Told every secret before it is used.</param>
    /// <param name="options">Chunks and patience.</param>
    /// <param name="cancellationToken">Ends the search for credentials.</param>
    public static async Task<RegistryClient> OpenAsync(
        RegistryAddress address, IReadOnlyDictionary<string, string> variables, TimeProvider time, Action<string> mask,
        RegistryOptions? options, CancellationToken cancellationToken)
    {
        var credentials = await RegistryCredentials.FindAsync(address, variables, cancellationToken);
        foreach (var secret in credentials?.Secrets ?? [])
        {
            mask(secret);
        }

        return new(address, credentials, HandlerFor(address), time, options);
    }

    /// <summary>
    /// The handler for real use: redirects are the client's affair, and a registry on this machine is reached without a proxy.
    /// </summary>
    public static HttpMessageHandler HandlerFor(RegistryAddress address) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        UseCookies = false,
        UseProxy = !address.IsLoopback,
    };

    /// <summary>Whether the registry has the blob.</summary>
    public Task<bool> ExistsAsync(Digest digest, CancellationToken cancellationToken) =>
        OnceAsync(
            $"look for blob {digest.Abbreviated}", token => _transport.HasBlobAsync(digest, RegistryRequest.Pull, token),
            cancellationToken);

    /// <summary>
    /// Uploads the file at <paramref name="path"/> unless the registry has it: in one piece when it is small, else in chunks
    /// that go on after a cut from what the registry kept.
    /// </summary>
    /// <param name="digest">Digest of the file, which the registry verifies.</param>
    /// <param name="path">The file; it must not change meanwhile.</param>
    /// <param name="progress">Gets the number of bytes the registry has so far; it falls when the registry lost an upload.</param>
    /// <param name="cancellationToken">Stops the upload at once.</param>
    /// <returns>Whether it travelled; false when the registry had it.</returns>
    /// <exception cref="StageFailedException">The registry refuses or fails, or the file cannot be read or is not
    /// what its digest says.</exception>
    public async Task<bool> PushBlobAsync(Digest digest, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var file = Open(path);
        var doing = $"push blob {digest.Abbreviated}";
        if (await OnceAsync(doing, token => _transport.HasBlobAsync(digest, RegistryRequest.Push, token), cancellationToken))
        {
            progress?.Report(RandomAccess.GetLength(file));
            return false;
        }

        var upload = new BlobUpload(_transport, Address, _options, digest, path, file, progress);
        return await _attempts.RunAsync(doing, () => upload.Reached, upload.AttemptAsync, cancellationToken);
    }

    /// <summary>
    /// Downloads a blob to <paramref name="path"/>, replacing what is there once the content is verified; a cut download goes on
    /// from where it was. False when the registry does not have it.
    /// </summary>
    /// <exception cref="StageFailedException">The registry refuses, fails or has other content, or the file cannot be written.
    /// Nothing is left behind.</exception>
    public async Task<bool> TryPullBlobAsync(Digest digest, string path, CancellationToken cancellationToken)
    {
        using var file = PartialFile.Beside(path);
        var download = new BlobDownload(_transport, Address, digest, file);
        if (!await _attempts.RunAsync($"pull blob {digest.Abbreviated}", () => download.Reached, download.AttemptAsync, cancellationToken))
        {
            return false;
        }

        cancellationToken.ThrowIfCancellationRequested();
        file.Commit();
        return true;
    }

    /// <summary>
    /// Uploads a manifest, whose blobs must be there, under a tag; call it again for further tags. A tag moves without asking.
    /// </summary>
    /// <param name="tag">The tag, or the manifest's own digest.</param>
    /// <param name="manifest">Its bytes, which are kept as they are.</param>
    /// <param name="mediaType">Must equal the manifest's <c>mediaType</c>.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    /// <returns>The manifest's digest.</returns>
    /// <exception cref="UsageException">The tag is not one.</exception>
    /// <exception cref="StageFailedException">The registry refuses, or stored something else.</exception>
    public Task<Digest> PushManifestAsync(string tag, ReadOnlyMemory<byte> manifest, string mediaType, CancellationToken cancellationToken)
    {
        CheckReference(tag);
        return OnceAsync($"push manifest {tag}", token => _manifests.PushAsync(tag, manifest, mediaType, token), cancellationToken);
    }

    /// <summary>The manifest under a tag or digest, verified; null when there is none.</summary>
    /// <exception cref="UsageException">The reference is neither tag nor digest.</exception>
    /// <exception cref="StageFailedException">The registry refuses, or its content is not what its digest says.</exception>
    public Task<byte[]?> PullManifestAsync(string reference, CancellationToken cancellationToken)
    {
        CheckReference(reference);
        return OnceAsync($"pull manifest {reference}", token => _manifests.PullAsync(reference, token), cancellationToken);
    }

    /// <summary>
    /// Deletes a manifest and with it all its tags; false when it is not there. Blobs stay until the registry collects its garbage.
    /// </summary>
    /// <exception cref="StageFailedException">The registry does not allow or not support it.</exception>
    public Task<bool> DeleteManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        OnceAsync($"delete manifest {digest.Abbreviated}", token => _manifests.DeleteAsync(digest, token), cancellationToken);

    /// <summary>All tags of the repository, sorted; none when it does not exist yet.</summary>
    /// <exception cref="StageFailedException">The registry refuses, or answers something else.</exception>
    public async Task<IReadOnlyList<string>> TagsAsync(CancellationToken cancellationToken)
    {
        var pages = new TagPages(_transport, Address);
        return await _attempts.RunAsync("list the tags", () => pages.Reached, pages.AttemptAsync, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw FileSection.NotReadable(path, problem);
        }
    }

    private static void CheckReference(string reference)
    {
        if (!Tag().IsMatch(reference) && !Digest.TryParse(reference, out _))
        {
            throw new UsageException(new Finding(
                "MLB3021", "The tag is not one", null, reference,
                "up to 128 letters, digits, '_', '.' and '-', not beginning with '.' or '-', or a digest", "rename the tag"));
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    private Task<T> OnceAsync<T>(string doing, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        _attempts.RunAsync(doing, () => 0, attempt, cancellationToken);
}
