using System.Buffers;
using System.Security.Cryptography;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;

namespace MlOpsBuild.Store.Content;

/// <summary>Content by digest in OCI image-layout form: <c>blobs/sha256/&lt;hex&gt;</c>.</summary>
public sealed class ContentStore
{
    private readonly string _blobs;
    private readonly string _folder;
    private readonly FileDigests _known;
    private Func<Digest, CancellationToken, Task<bool>>? _fetch;

    internal ContentStore(string folder, TimeProvider time)
    {
        _folder = folder;
        _known = new(Path.Combine(folder, "cache", "blobs.index"), time);
        _blobs = Path.Combine(folder, "blobs", "sha256");
    }

    /// <summary>Where content with <paramref name="digest"/> is or would be.</summary>
    public string PathOf(Digest digest) => Path.Combine(_blobs, digest.Hex);

    /// <summary>The content with <paramref name="digest"/>, whether it is here or not.</summary>
    public Artifact At(Digest digest) => new(digest, PathOf(digest));

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

        return At(digest);
    }

    /// <summary>Stores the file at <paramref name="path"/>, which is left as it is. It may be larger than memory.</summary>
    public async Task<Artifact> PutFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        var digest = await Digest.OfAsync(stream, cancellationToken);
        if (!await VerifyAsync(digest, cancellationToken))
        {
            await CopyAsync(new(digest, path), flush: true, cancellationToken);
        }

        return At(digest);
    }

    /// <summary>Stores a file whose content is known, unless it is here already.</summary>
    /// <returns>Whether it was not here.</returns>
    /// <exception cref="StageFailedException">It has another content now; nothing is stored.</exception>
    public async Task<bool> KeepAsync(Artifact file, CancellationToken cancellationToken)
    {
        if (await IsUnchangedAsync(file.Digest, cancellationToken))
        {
            return false;
        }

        // A hundred thousand small files would wait a minute for the disk; what a power cut takes is seen by its digest and read again.
        await CopyAsync(file, flush: false, cancellationToken);
        return true;
    }

    /// <summary>Makes the file at <paramref name="path"/> one with this content: a copy, which appears whole.</summary>
    /// <param name="digest">The content, which is here.</param>
    /// <param name="path">The file; folders on the way are made.</param>
    /// <param name="cancellationToken">Ends the copying; the file is as it was.</param>
    /// <exception cref="StageFailedException">The content is not here, or it is not what its name says.</exception>
    public async Task CopyToAsync(Digest digest, string path, CancellationToken cancellationToken)
    {
        await using var source = File.Exists(PathOf(digest)) ? File.OpenRead(PathOf(digest))
            : throw Missing(digest);
        await AtomicFile.WriteAsync(
            path, (target, token) => WriteAsync(new(digest, PathOf(digest)), source, target, token), flush: false, cancellationToken);
    }

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
            throw Missing(digest);
        }

        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        var actual = Digest.Of(content);
        return actual == digest
            ? content
            : throw new StageFailedException(new Finding(
                "MLB4007", "Stored content does not match its name", path, actual.ToString(), digest.ToString(),
                "delete the file; the stage that made it runs again"));
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

    /// <summary>As <see cref="VerifyAsync"/>, but content that did not change since it was verified is not read again.</summary>
    public async Task<bool> IsUnchangedAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            return Contains(digest) && await _known.OfAsync(PathOf(digest), cancellationToken) == digest;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Writes down what was verified.</summary>
    internal Task RememberAsync(CancellationToken cancellationToken) => _known.SaveAsync(cancellationToken);

    internal void FetchWith(Func<Digest, CancellationToken, Task<bool>> fetch) => _fetch = fetch;

    private StageFailedException Missing(Digest digest) => new(new Finding(
        "MLB4035", "Content is missing from the store", PathOf(digest), digest.ToString(), "a file of that name",
        "run the target that makes it again"));

    // What is kept is what the digest names, or nothing is.
    private async Task CopyAsync(Artifact file, bool flush, CancellationToken cancellationToken)
    {
        await MarkLayoutAsync(cancellationToken);
        await using var source = File.Exists(file.Path) ? File.OpenRead(file.Path)
            : throw new StageFailedException(new(
                "MLB4036", "The file went away while it was read", file.Path, null, "the file that was there",
                "run again once nobody moves it"));
        await AtomicFile.WriteAsync(
            PathOf(file.Digest), (target, token) => WriteAsync(file, source, target, token), flush, cancellationToken);
    }

    private static async Task WriteAsync(Artifact file, FileStream source, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, count) = (ArrayPool<byte>.Shared.Rent(1 << 16), 0);
        while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        var digest = Digest.Parse("sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
        if (digest != file.Digest)
        {
            throw new StageFailedException(new(
                "MLB4037", "The file changed while it was read", file.Path, digest.Abbreviated, $"{file.Digest.Abbreviated}, as before",
                "run again once nobody writes to it"));
        }
    }

    private async Task MarkLayoutAsync(CancellationToken cancellationToken)
    {
        await MarkAsync("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), cancellationToken);

        // State is no source: git leaves the folder out, whatever the repository's own list says.
        await MarkAsync(".gitignore", "*\n"u8.ToArray(), cancellationToken);
    }

    private async Task MarkAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        var marker = Path.Combine(_folder, name);
        if (!File.Exists(marker))
        {
            await AtomicFile.WriteAsync(marker, content, cancellationToken);
        }
    }
}
