using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Versions;

/// <summary>Numbered versions of one pipeline, and aliases that move from the value that was read or not at all.</summary>
public sealed class VersionRegistry
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly TimeProvider _time;

    internal VersionRegistry(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    private string AliasFile => Path.Combine(_folder, "aliases.json");

    /// <summary>The version with this bundle, registered now if it is new.</summary>
    public async Task<ModelVersion> RegisterAsync(Func<int, ModelVersion> create, Digest bundle, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var versions = await AllAsync(cancellationToken);
        if (versions.FirstOrDefault(version => version.Bundle == bundle) is { } known)
        {
            return known;
        }

        var next = create(versions.Count == 0 ? 1 : versions[^1].Number + 1);
        var path = Path.Combine(_folder, "versions", next.Number.ToString("00000", CultureInfo.InvariantCulture) + ".json");
        await AtomicFile.WriteAsync(path, CanonicalJson.Serialize(next), cancellationToken);
        return next;
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

    /// <summary>The version an alias names, or null.</summary>
    public async Task<ModelVersion?> ResolveAsync(string alias, CancellationToken cancellationToken) =>
        (await HistoryAsync(alias, cancellationToken)) is [.., { To: { } number }]
            ? (await AllAsync(cancellationToken)).FirstOrDefault(version => version.Number == number)
            : null;

    /// <summary>Every move of <paramref name="alias"/>, oldest first.</summary>
    public async Task<IReadOnlyList<AliasMove>> HistoryAsync(string alias, CancellationToken cancellationToken) =>
        [.. (await MovesAsync(cancellationToken)).Where(move => move.Alias == alias)];

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

    /// <summary>Moves an alias when it still names <paramref name="expected"/>.</summary>
    /// <exception cref="StageFailedException">Another build moved it first.</exception>
    public async Task<AliasMove> MoveAsync(string alias, int? expected, int? to, AliasMoveKind kind, string actor, string reason, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var moves = await MovesAsync(cancellationToken);
        var current = moves.LastOrDefault(move => move.Alias == alias)?.To;
        if (current != expected)
        {
            throw new StageFailedException(new Finding(
                $"Alias '{alias}' was moved by another build", AliasFile, current is { } now ? $"v{now}" : "no version", expected is { } from ? $"v{from}" : "no version", "look at ./build.sh Status and run again"));
        }

        var step = new AliasMove(alias, current, to, kind, _time.GetUtcNow(), actor, reason);
        await AtomicFile.WriteAsync(AliasFile, CanonicalJson.Serialize<IReadOnlyList<AliasMove>>([.. moves, step]), cancellationToken);
        return step;
    }

    private async Task<IReadOnlyList<AliasMove>> MovesAsync(CancellationToken cancellationToken) =>
        File.Exists(AliasFile) ? await ReadAsync<IReadOnlyList<AliasMove>>(AliasFile, cancellationToken) : [];

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

    private Task<FileLock> LockAsync(CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(Path.Combine(_folder, "registry.lock"), Patience, _time, cancellationToken);
}
