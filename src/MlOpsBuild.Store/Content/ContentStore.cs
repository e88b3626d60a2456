using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Content;

/// <summary>Content by digest in OCI image-layout form: <c>blobs/sha256/&lt;hex&gt;</c>.</summary>
public sealed class ContentStore
{
    private readonly string _blobs;
    private readonly string _folder;
    private Func<Digest, CancellationToken, Task<bool>>? _fetch;

    internal ContentStore(string folder)
    {
        _folder = folder;
        _blobs = Path.Combine(folder, "blobs", "sha256");
    }

    /// <summary>Where content with <paramref name="digest"/> is or would be.</summary>
    public string PathOf(Digest digest) => Path.Combine(_blobs, digest.Hex);

    /// <summary>Whether the content is present, by name only.</summary>
    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>Stores <paramref name="content"/>; storing again what is there changes nothing.</summary>
    public async Task<Artifact> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(content.Span);
        if (!await VerifyAsync(digest, cancellationToken))
        {
            await MarkLayoutAsync(cancellationToken);
            await AtomicFile.WriteAsync(PathOf(digest), content, cancellationToken);
        }

        return new(digest, PathOf(digest));
    }

    /// <summary>Stores the file at <paramref name="path"/>, which is left as it is.</summary>
    public async Task<Artifact> PutFileAsync(string path, CancellationToken cancellationToken) =>
        await PutAsync(await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken);

    /// <summary>Whether the content is here and whole, fetched from the team if need be.</summary>
    public async Task<bool> EnsureAsync(Digest digest, CancellationToken cancellationToken) =>
        await VerifyAsync(digest, cancellationToken) || (_fetch != null && await _fetch(digest, cancellationToken));

    /// <summary>Reads content, fetched from the team if need be, and checks it against its name.</summary>
    /// <exception cref="StageFailedException">It is missing, or it is not what its name says.</exception>
    public async Task<byte[]> ReadAsync(Digest digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        if (!File.Exists(path) && (_fetch == null || !await _fetch(digest, cancellationToken)))
        {
            throw new StageFailedException(new Finding("Content is missing from the store", path, digest.ToString(), "a file of that name", "run the target that makes it again"));
        }

        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        var actual = Digest.Of(content);
        return actual == digest
            ? content
            : throw new StageFailedException(new Finding(
                "Stored content does not match its name", path, actual.ToString(), digest.ToString(), "delete the file; the stage that made it runs again"));
    }

    /// <summary>Whether the content is present and is what its name says.</summary>
    public async Task<bool> VerifyAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (!Contains(digest))
        {
            return false;
        }

        try
        {
            await using var stream = File.OpenRead(PathOf(digest));
            return await Digest.OfAsync(stream, cancellationToken) == digest;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    internal void FetchWith(Func<Digest, CancellationToken, Task<bool>> fetch) => _fetch = fetch;

    private async Task MarkLayoutAsync(CancellationToken cancellationToken)
    {
        var marker = Path.Combine(_folder, "oci-layout");
        if (!File.Exists(marker))
        {
            await AtomicFile.WriteAsync(marker, """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), cancellationToken);
        }
    }
}
