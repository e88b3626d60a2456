using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.Store.Signing;

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
    private readonly Trust _trust;

    /// <summary>
    /// Over <paramref name="folder"/>; <paramref name="settle"/> finishes a merge that was cut short, <paramref name="share"/> settles what
    /// was written with the team's state, where there is one.
    /// </summary>
    internal VersionRegistry(
        string folder, TimeProvider time, Func<CancellationToken, Task> settle, Func<bool> isUnsettled, Func<CancellationToken, Task> share,
        Trust trust)
    {
        _settle = settle;
        _isUnsettled = isUnsettled;
        _folder = folder;
        _time = time;
        _share = share;
        _trust = trust;
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
            next = next with { Signature = _trust.Sign(next.Statement(Pipeline)) };
            await AtomicFile.WriteAsync(
                Path.Combine(_folder, "versions", FactPath.Numbered(next.Number)), CanonicalJson.Serialize(next), cancellationToken);
        }

        await _share(cancellationToken);
        return (await AllAsync(cancellationToken)).First(version => version.Bundle == bundle);
    }

    /// <summary>All versions, oldest first.</summary>
    public Task<IReadOnlyList<ModelVersion>> AllAsync(CancellationToken cancellationToken) =>
        ReadAllAsync<ModelVersion>("versions", Path.Combine(_folder, "versions"), cancellationToken);

    /// <summary>The version with this number, or null.</summary>
    public async Task<ModelVersion?> FindAsync(int number, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, "versions", FactPath.Numbered(number));
        var named = File.Exists(path) ? await ReadAsync<ModelVersion>(path, cancellationToken) : null;
        return named == null || named.Number == number
            ? named
            : (await AllAsync(cancellationToken)).FirstOrDefault(version => version.Number == number);
    }

    /// <summary>The version an alias names, or null.</summary>
    public async Task<ModelVersion?> ResolveAsync(string alias, CancellationToken cancellationToken) =>
        await LastMoveAsync(alias, cancellationToken) is { To: { } number } ? await FindAsync(number, cancellationToken) : null;

    /// <summary>Whether a version comes from somebody this checkout believes.</summary>
    public bool Believes(ModelVersion version) => _trust.Keys.Believes(version.Statement(Pipeline), version.Signature);

    /// <summary>Every move of <paramref name="alias"/> that is believed, oldest first.</summary>
    public async Task<IReadOnlyList<AliasMove>> HistoryAsync(string alias, CancellationToken cancellationToken) =>
        [.. (await MovesAsync(alias, cancellationToken)).Where(move => move.Believed).Select(move => move.Move)];

    /// <summary>Moves and versions that are not believed, and therefore not acted upon.</summary>
    public async Task<IReadOnlyList<Finding>> DoubtsAsync(CancellationToken cancellationToken)
    {
        var doubts = (await AllAsync(cancellationToken))
            .Where(version => !Believes(version))
            .Select(version => Doubt(Path.Combine("versions", FactPath.Numbered(version.Number)), $"v{version.Number}"))
            .ToList();
        foreach (var alias in Aliases())
        {
            doubts.AddRange((await MovesAsync(alias, cancellationToken)).Where(move => !move.Believed)
                .Select(move => Doubt(
                    Path.Combine("aliases", alias, FactPath.Numbered(move.Position)), $"{alias} to v{move.Move.To} by {move.Move.Actor}")));
        }

        return doubts;
    }

    /// <summary>Every alias that was ever moved.</summary>
    public IReadOnlyList<string> Aliases() =>
        Directory.Exists(Path.Combine(_folder, "aliases"))
            ? [.. Directory.GetDirectories(Path.Combine(_folder, "aliases"))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal)]
            : [];

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
    public async Task<AliasMove> MoveAsync(
        string alias, int? expected, int? to, AliasMoveKind kind, string actor, string reason, CancellationToken cancellationToken)
    {
        AliasMove step;
        string path;
        using (await LockAsync(cancellationToken))
        {
            var current = (await LastMoveAsync(alias, cancellationToken))?.To;
            if (current != expected)
            {
                throw MovedByAnother(alias, current, expected);
            }

            // What is not believed keeps its place.
            var position = StoredFiles.In(FolderOf(alias)).Count + 1;
            step = new(alias, current, to, kind, _time.GetUtcNow(), actor, reason)
            {
                Bundle = to is { } number ? (await FindAsync(number, cancellationToken))?.Bundle : null
            };
            step = step with { Signature = _trust.Sign(Statement(step, position)) };
            path = Path.Combine(FolderOf(alias), FactPath.Numbered(position));
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

    private string Pipeline => Path.GetFileName(_folder);

    private MoveStatement Statement(AliasMove move, int position) =>
        new(Pipeline, move.Alias, position, move.Bundle, move.Kind, move.At, move.Actor, move.Reason);

    private Finding Doubt(string file, string what) => new(
        "MLB4032", "Not signed by anybody this environment trusts", Path.Combine(_folder, file), what, "a signature by a key in .nuke/keys",
        "it is not acted upon; whoever decided it signs with MLOPS_SIGNING_KEY");

    private async Task<IReadOnlyList<(AliasMove Move, int Position, bool Believed)>> MovesAsync(
        string alias, CancellationToken cancellationToken)
    {
        var bundles = _trust.Keys.Demands
            ? (await AllAsync(cancellationToken)).ToDictionary(version => version.Number, version => version.Bundle)
            : [];
        return
        [
            .. (await ReadAllAsync<AliasMove>("moves-" + alias, FolderOf(alias), cancellationToken)).Index()
                .Select(move => (move.Item, move.Index + 1, Believes(
                    move.Item, move.Index + 1, move.Item.To is { } to && bundles.TryGetValue(to, out var bundle) ? bundle : null)))
        ];
    }

    // The newest move that is believed; older ones are not read.
    private async Task<AliasMove?> LastMoveAsync(string alias, CancellationToken cancellationToken)
    {
        var files = StoredFiles.In(FolderOf(alias));
        for (var position = files.Count; position > 0; position--)
        {
            var move = await ReadAsync<AliasMove>(files[position - 1], cancellationToken);
            var bundle = _trust.Keys.Demands && move.To is { } to ? (await FindAsync(to, cancellationToken))?.Bundle : null;
            if (Believes(move, position, bundle))
            {
                return move;
            }
        }

        return null;
    }

    // A signed move is believed for the bundle that was signed, whatever number stands beside it.
    private bool Believes(AliasMove move, int position, Digest? bundle) =>
        (!_trust.Keys.Demands || move.To == null || (bundle != null && bundle == move.Bundle))
            && _trust.Keys.Believes(Statement(move, position), move.Signature);

    private async Task<IReadOnlyList<T>> ReadAllAsync<T>(string name, string folder, CancellationToken cancellationToken)
    {
        var records = new List<T>();
        foreach (var file in (await new FileNotes(Path.GetFullPath(Path.Combine(_folder, "..", "..")), $"{Pipeline}-{name}", folder)
                .AllAsync(JsonMembers.WholeText, cancellationToken))
            .OrderBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal))
        {
            records.Add(file.Note is { } text
                ? Read<T>(file.Path, Encoding.UTF8.GetBytes(text))
                : await ReadAsync<T>(file.Path, cancellationToken));
        }

        return records;
    }

    private StageFailedException MovedByAnother(string alias, int? current, int? expected) => new(new Finding(
        "MLB4033", $"Alias '{alias}' was moved by another build", FolderOf(alias), current is { } now ? $"v{now}" : "no version",
        expected is { } from ? $"v{from}" : "no version", "look at ./build.sh Status and run again"));

    private string FolderOf(string alias) => Path.Combine(_folder, "aliases", alias);

    private static async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken) =>
        Read<T>(path, await File.ReadAllBytesAsync(path, cancellationToken));

    private static T Read<T>(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            return CanonicalJson.Deserialize<T>(content);
        }
        catch (JsonException problem)
        {
            throw new StageFailedException(new Finding(
                "MLB4018", "A registry file is damaged", path, problem.Message, "what a build wrote",
                "restore the file from a backup; nothing was changed"));
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
