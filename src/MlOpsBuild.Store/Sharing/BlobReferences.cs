using System.Text;
using System.Text.RegularExpressions;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Which stored blobs a fact names, directly or through a manifest. What names no blob of this store names nothing.</summary>
internal static partial class BlobReferences
{
    private const int LargestManifest = 4 << 20;

    public static async Task<IReadOnlyList<Digest>> OfAsync(byte[] fact, ContentStore blobs, CancellationToken cancellationToken)
    {
        var found = new List<Digest>();
        var open = new Queue<Digest>(In(fact));
        while (open.TryDequeue(out var digest))
        {
            if (found.Contains(digest) || !blobs.Contains(digest))
            {
                continue;
            }

            found.Add(digest);
            if (await IsManifestAsync(blobs.PathOf(digest), cancellationToken))
            {
                foreach (var inner in In(await blobs.ReadAsync(digest, cancellationToken)))
                {
                    open.Enqueue(inner);
                }
            }
        }

        return found;
    }

    /// <summary>Every digest written anywhere in <paramref name="content"/>.</summary>
    public static IEnumerable<Digest> In(ReadOnlySpan<byte> content) =>
        Written().Matches(Encoding.UTF8.GetString(content)).Select(match => Digest.Parse(match.Value)).Distinct().ToList();

    public static async Task<bool> IsManifestAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > LargestManifest)
        {
            return false;
        }

        var start = new byte[256];
        await using var stream = File.OpenRead(path);
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(start, 0, length)
            .Contains("\"application/vnd.oci.image.manifest.v1+json\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Written();
}
