using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Health;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Finds what only this machine has, and makes the changes to the branch that would share it.</summary>
internal sealed class PendingFacts(LocalFacts facts, AuditLog audit, AuditParts parts, ContentStore blobs, RemoteOptions options)
{
    // Told once per build.
    private readonly HashSet<Digest> _oversized = [];

    /// <summary>Paths of unsent facts. Facts that may change are compared by content, or by what was noted of it.</summary>
    public async Task<IReadOnlyList<string>> PathsAsync(SharedTree shared, CancellationToken cancellationToken) =>
    [
        .. await facts.NewsAsync(shared.Files, cancellationToken),
        .. (await EntriesAsync(shared, cancellationToken)).Select(LocalFacts.PathOf),
    ];

    /// <summary>
    /// The changes that share <paramref name="paths"/>, with their blobs sent or added; a fact whose blobs could not be sent is left out.
    /// </summary>
    public async Task<OutgoingFacts> CollectAsync(
        IReadOnlyList<string> paths, SharedTree shared, CancellationToken cancellationToken)
    {
        var outgoing = new OutgoingFacts();
        if (!shared.Files.ContainsKey(StoreSchema.FileName))
        {
            outgoing.Changes.AddRange(StateBranchReadme.Files());
        }

        var entries = (await EntriesAsync(shared, cancellationToken)).ToDictionary(LocalFacts.PathOf);
        foreach (var path in paths)
        {
            if (entries.TryGetValue(path, out var entry))
            {
                outgoing.Facts++;
                outgoing.Changes.Add(new(path, LocalFacts.ContentOf(entry)));
            }
            else if (facts.Read(path) is { Length: > 0 } content)
            {
                await AddAsync(path, content, shared.Files, outgoing, cancellationToken);
            }
        }

        return outgoing;
    }

    // Those behind what both sides have.
    private async Task<IEnumerable<AuditEntry>> EntriesAsync(SharedTree shared, CancellationToken cancellationToken) =>
        await new AuditAlignment(audit, parts).OfAsync(shared.Audit, cancellationToken) is { } marks
            ? await audit.ReadAsync(AuditAlignment.EndOf(marks), cancellationToken)
            : (await audit.ReadAsync(cancellationToken)).Skip(await parts.CountAsync(shared.Audit, cancellationToken));

    private async Task AddAsync(
        string path, byte[] content, IReadOnlyDictionary<string, string> shared, OutgoingFacts outgoing,
        CancellationToken cancellationToken)
    {
        if (FactReading.Of(path, content).Problem is { } damage)
        {
            outgoing.Problems.Add(new(
                "MLB4026", "A fact of this machine cannot be read and is not shared", path, damage, "what a build wrote",
                "run ./build.sh Doctor"));
            return;
        }

        var digests = await BlobReferences.OfAsync(content, blobs, cancellationToken);
        if (options.Registry != null && outgoing.Problems.Count > 0 && digests.Count > 0)
        {
            // What keeps one package from the registry keeps the others; they are sent next time.
            return;
        }

        try
        {
            if (options.Registry != null)
            {
                outgoing.BlobsSent += await SendAsync(options.Registry, path, content, digests, cancellationToken);
            }
            else
            {
                await InlineAsync(path, digests, shared, outgoing, cancellationToken);
            }
        }
        catch (StageFailedException problem)
        {
            outgoing.Problems.AddRange(problem.Findings);
            return;
        }

        outgoing.Facts++;
        outgoing.Changes.Add(new(path, content));
    }

    private static Dictionary<Digest, string> TitlesOf(string kind, byte[] content)
    {
        if (kind != "stages")
        {
            return [];
        }

        var entry = CanonicalJson.Deserialize<StageEntry>(content);
        return entry.Outputs.GroupBy(output => output.Value).ToDictionary(output => output.Key, output => output.First().Key);
    }

    private async Task InlineAsync(
        string path, IReadOnlyList<Digest> digests, IReadOnlyDictionary<string, string> shared, OutgoingFacts outgoing,
        CancellationToken cancellationToken)
    {
        foreach (var digest in digests.Where(digest => !shared.ContainsKey(LocalFacts.BlobPath(digest.Hex)) && outgoing.Blobs.Add(digest)))
        {
            var size = new FileInfo(blobs.PathOf(digest)).Length;
            if (size > options.BlobLimit)
            {
                if (_oversized.Add(digest) || path.StartsWith("registry/", StringComparison.Ordinal))
                {
                    outgoing.Oversized.Add(new(digest, size, path));
                }

                continue;
            }

            try
            {
                outgoing.Changes.Add(new(LocalFacts.BlobPath(digest.Hex), await blobs.ReadAsync(digest, cancellationToken)));
                outgoing.BlobsSent++;
            }
            catch (StageFailedException)
            {
                // Another fact that names it is kept back too.
                outgoing.Blobs.Remove(digest);
                throw;
            }
        }
    }

    private async Task<int> SendAsync(
        IBlobRemote registry, string path, byte[] content, IReadOnlyList<Digest> digests, CancellationToken cancellationToken)
    {
        if (digests.Count == 0)
        {
            return 0;
        }

        var kind = path[..path.IndexOf('/', StringComparison.Ordinal)];
        var version = RegistryPath.Parse(path);
        Artifact? manifest = null;
        foreach (var digest in version == null ? [] : digests)
        {
            if (await BlobReferences.IsManifestAsync(blobs.PathOf(digest), cancellationToken))
            {
                manifest = new(digest, blobs.PathOf(digest));
                break;
            }
        }

        var name = version is { Alias: null }
            ? FormattableString.Invariant($"{version.Pipeline}-v{version.Number}")
            : $"{kind}-{Path.GetFileNameWithoutExtension(path)}";
        var titles = TitlesOf(kind, content);
        return await registry.SendAsync(
            new(
                name, kind,
                [.. digests.Select(digest => new PackagedBlob(new(digest, blobs.PathOf(digest)), titles.GetValueOrDefault(digest)))],
                manifest),
            cancellationToken);
    }
}
