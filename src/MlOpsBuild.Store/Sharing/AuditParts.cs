using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Reads parts of the team's audit log, packed or not. What an object holds never changes: it is read once.</summary>
internal sealed class AuditParts(StateBranch branch)
{
    // Below so many, one by one is faster.
    private const int Many = 8;
    private readonly Dictionary<string, IReadOnlyList<string>> _ids = [];

    /// <summary>How many entries <paramref name="parts"/> have: all but the last are full, since both sides verified them.</summary>
    public async Task<int> CountAsync(IReadOnlyList<AuditPart> parts, CancellationToken cancellationToken) =>
        parts is [.., var last] ? ((parts.Count - 1) * AuditPart.Full) + (await IdsAsync(last, cancellationToken)).Count : 0;

    /// <summary>The object ids that the entries of <paramref name="part"/> have as files of their own, in order.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(AuditPart part, CancellationToken cancellationToken)
    {
        if (!_ids.TryGetValue(part.Id, out var ids))
        {
            _ids[part.Id] = ids = part.IsPacked
                ? [.. (await LinesAsync(part, cancellationToken) ?? []).Select(line => GitObject.IdOf(line.Span))]
                : [.. (await branch.ListFolderAsync(part.Id, "", cancellationToken)).OrderBy(item => item.Name, StringComparer.Ordinal)
                    .Select(item => item.Id)];
        }

        return ids;
    }

    /// <summary>Lists the folders among <paramref name="parts"/> of <paramref name="commit"/> at once, where there are many.</summary>
    public async Task ListAsync(string commit, IReadOnlyList<AuditPart> parts, CancellationToken cancellationToken)
    {
        var unknown = parts.Where(part => !part.IsPacked && !_ids.ContainsKey(part.Id)).ToDictionary(part => part.Path);
        if (unknown.Count < Many)
        {
            return;
        }

        foreach (var folder in (await branch.ListAsync(commit, [LocalFacts.AuditFolder], cancellationToken))
            .GroupBy(file => file.Key[..file.Key.LastIndexOf('/')]))
        {
            if (unknown.TryGetValue(folder.Key, out var part))
            {
                _ids[part.Id] = [.. folder.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value)];
            }
        }
    }

    /// <summary>
    /// The entries of <paramref name="parts"/> behind the first <paramref name="from"/>, as they were written; null for one that cannot
    /// be had.
    /// </summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> EntriesAsync(
        IReadOnlyList<AuditPart> parts, int from, CancellationToken cancellationToken)
    {
        var wanted = parts.Skip(from / AuditPart.Full).ToList();
        if (wanted.Count(part => part.IsPacked) >= Many)
        {
            await branch.FetchAsync([.. wanted.Where(part => part.IsPacked).Select(part => part.Id)], cancellationToken);
        }

        var loose = new List<string>();
        foreach (var part in wanted.Where(part => !part.IsPacked))
        {
            loose.AddRange(await IdsAsync(part, cancellationToken));
        }

        var files = new Queue<byte[]?>(await branch.ReadAsync(loose, cancellationToken));
        var entries = new List<ReadOnlyMemory<byte>?>();
        foreach (var part in wanted)
        {
            if (part.IsPacked)
            {
                entries.AddRange((await LinesAsync(part, cancellationToken) ?? [default]).Select(
                    line => line.IsEmpty ? null : (ReadOnlyMemory<byte>?)line));
                continue;
            }

            foreach (var _ in await IdsAsync(part, cancellationToken))
            {
                entries.Add(files.Dequeue() is { } content ? (ReadOnlyMemory<byte>?)content : null);
            }
        }

        return [.. entries.Skip(from % AuditPart.Full)];
    }

    // Lines with their ends.
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> LinesAsync(AuditPart part, CancellationToken cancellationToken)
    {
        if ((await branch.ReadAsync([part.Id], cancellationToken))[0] is not { } content)
        {
            return null;
        }

        var (lines, start) = (new List<ReadOnlyMemory<byte>>(), 0);
        while (start < content.Length)
        {
            var end = Array.IndexOf(content, (byte)'\n', start) is >= 0 and var found ? found + 1 : content.Length;
            lines.Add(content.AsMemory(start, end - start));
            start = end;
        }

        return lines;
    }
}
