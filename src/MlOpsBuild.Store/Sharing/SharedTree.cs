using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>What a commit of the state branch holds. Of the audit log, which only grows, parts are named and not entries.</summary>
/// <param name="Files">Every other file by path, with its object id.</param>
/// <param name="Audit">The parts of the audit log, in order.</param>
internal sealed record SharedTree(IReadOnlyDictionary<string, string> Files, IReadOnlyList<AuditPart> Audit)
{
    /// <summary>The tree of no commit.</summary>
    public static SharedTree Empty { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>Reads the tree of <paramref name="commit"/>.</summary>
    public static async Task<SharedTree> ReadAsync(StateBranch branch, string? commit, CancellationToken cancellationToken)
    {
        if (commit == null)
        {
            return Empty;
        }

        var folder = LocalFacts.AuditFolder.TrimEnd('/');
        var top = await branch.ListFolderAsync(commit, "", cancellationToken);
        var audit = top.Any(item => item is { IsFile: false } && item.Name == folder)
            ? await branch.ListFolderAsync(commit, LocalFacts.AuditFolder, cancellationToken)
            : [];
        return new(
            await branch.ListAsync(commit, [.. top.Select(item => item.Name).Where(name => name != folder)], cancellationToken),
            [
                .. audit.Select(item => AuditPart.Of(item.Name, item.Id, item.IsFile))
                    .OfType<AuditPart>()
                    .OrderBy(part => part.Number)
                    .ThenByDescending(part => part.IsPacked)
                    .DistinctBy(part => part.Number),
            ]);
    }
}
