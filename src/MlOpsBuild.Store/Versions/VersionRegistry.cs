using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Versions;

/// <summary>Numbered versions of one pipeline, and aliases that move from the value that was read or not at all.</summary>
public sealed class VersionRegistry
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Func<CancellationToken, Task> _settle;
    private readonly Func<bool> _isUnsettled;
    private readonly Func<CancellationToken, Task> _share;

    /// <summary>
    /// Over <paramref name="folder"/>; <paramref name="settle"/> finishes a merge that was cut short, <paramref name="share"/> settles what
    /// was written with the team's state, where there is one.
    /// </summary>
    internal VersionRegistry(string folder, TimeProvider time, Func<CancellationToken, Task> settle, Func<bool> isUnsettled, Func<CancellationToken, Task> share)
    {
        _settle = settle;
        _isUnsettled = isUnsettled;
        _folder = folder;
        _time = time;
        _share = share;
    }

    /// <summary>The version with this bundle, registered now if it is new. Its number is settled with the team before it is told.</summary>
    public async Task<ModelVersion> RegisterAsync(Func<int, ModelVersion> create, Digest bundle, CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken))
        {
            var versions = await AllAsync(cancellationToken);
            if (versions.FirstOrDefault(version => version.Bundle == bundle) is { } known)
            {
                return known;
            }

            var next = create(versions.Count == 0 ? 1 : versions[^1].Number + 1);
            await AtomicFile.WriteAsync(Path.Combine(_folder, "versions", FactPath.Numbered(next.Number)), CanonicalJson.Serialize(next), cancellationToken);
        }

        await _share(cancellationToken);
        return (await AllAsync(cancellationToken)).First(version => version.Bundle == bundle);
    }

    /// <summary>All versions, oldest first.</summary>
    public async Task<IReadOnlyList<ModelVersion>> AllAsync(CancellationToken cancellationToken)
    {
        var versions = new List<ModelVersion>();
        foreach (var file in StoredFiles.In(Path.Combine(_folder, "versions")))
        {
            versions.Add(await ReadAsync<ModelVersion>(file, cancellationToken));
        }

        return versions;
    }

    /// <summary>The version with this number, or null.</summary>
    public async Task<ModelVersion?> FindAsync(int number, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).FirstOrDefault(version => version.Number == number);

    /// <summary>The version an alias names, or null.</summary>
    public async Task<ModelVersion?> ResolveAsync(string alias, CancellationToken cancellationToken) =>
        (await HistoryAsync(alias, cancellationToken)) is [.., { To: { } number }]
            ? await FindAsync(number, cancellationToken)
            : null;

    /// <summary>Every move of <paramref name="alias"/>, oldest first.</summary>
    public async Task<IReadOnlyList<AliasMove>> HistoryAsync(string alias, CancellationToken cancellationToken)
    {
        var moves = new List<AliasMove>();
        foreach (var file in StoredFiles.In(FolderOf(alias)))
        {
            moves.Add(await ReadAsync<AliasMove>(file, cancellationToken));
        }

        return moves;
    }

    /// <summary>Every alias that was ever moved.</summary>
    public IReadOnlyList<string> Aliases() =>
        Directory.Exists(Path.Combine(_folder, "aliases")) ? [.. Directory.GetDirectories(Path.Combine(_folder, "aliases")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)] : [];

    /// <summary>
    /// Versions an alias can go back to, nearest first: what was promoted and not taken back since. A rollback removes the version it
    /// leaves, so that rolling back twice goes further back and never to the version that was bad.
    /// </summary>
    public async Task<IReadOnlyList<int>> PredecessorsAsync(string alias, CancellationToken cancellationToken)
    {
        var path = new List<int>();
        foreach (var move in await HistoryAsync(alias, cancellationToken))
        {
            if (move.Kind == AliasMoveKind.Promote && move.To is { } to)
            {
                path.Remove(to);
                path.Add(to);
            }
            else if (move.Kind == AliasMoveKind.Rollback)
            {
                path.RemoveRange(path.LastIndexOf(move.To ?? 0) + 1, path.Count - path.LastIndexOf(move.To ?? 0) - 1);
            }
        }

        path.Reverse();
        return [.. path.Skip(1)];
    }

    /// <summary>
    /// Moves an alias when it still names <paramref name="expected"/>, here and for the team. A rollback is not settled with the team at
    /// once: it waits for no remote.
    /// </summary>
    /// <exception cref="StageFailedException">Another build moved it first.</exception>
    public async Task<AliasMove> MoveAsync(string alias, int? expected, int? to, AliasMoveKind kind, string actor, string reason, CancellationToken cancellationToken)
    {
        AliasMove step;
        string path;
        using (await LockAsync(cancellationToken))
        {
            var moves = await HistoryAsync(alias, cancellationToken);
            var current = moves is [.., var last] ? last.To : null;
            if (current != expected)
            {
                throw MovedByAnother(alias, current, expected);
            }

            step = new(alias, current, to, kind, _time.GetUtcNow(), actor, reason);
            path = Path.Combine(FolderOf(alias), FactPath.Numbered(moves.Count + 1));
            await AtomicFile.WriteAsync(path, CanonicalJson.Serialize(step), cancellationToken);
        }

        if (kind == AliasMoveKind.Rollback)
        {
            return step;
        }

        await _share(cancellationToken);
        var stands = File.Exists(path) ? await ReadAsync<AliasMove>(path, cancellationToken) : null;
        return stands != null && stands.At == step.At && stands.Actor == step.Actor
            ? stands
            : throw MovedByAnother(alias, stands?.To, expected);
    }

    private StageFailedException MovedByAnother(string alias, int? current, int? expected) => new(new Finding(
        $"Alias '{alias}' was moved by another build", FolderOf(alias), current is { } now ? $"v{now}" : "no version", expected is { } from ? $"v{from}" : "no version", "look at ./build.sh Status and run again"));

    private string FolderOf(string alias) => Path.Combine(_folder, "aliases", alias);

    private static async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken)
    {
        try
        {
            return CanonicalJson.Deserialize<T>(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (JsonException problem)
        {
            throw new StageFailedException(new Finding("A registry file is damaged", path, problem.Message, "what a build wrote", "restore the file from a backup; nothing was changed"));
        }
    }

    private async Task<FileLock> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _settle(cancellationToken);
            var held = await FileLock.AcquireAsync(Path.Combine(_folder, "registry.lock"), Patience, _time, cancellationToken);
            if (!_isUnsettled())
            {
                return held;
            }

            // A merge died between the two steps.
            held.Dispose();
        }
    }
}
