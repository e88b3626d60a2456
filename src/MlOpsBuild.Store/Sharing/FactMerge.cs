using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Takes the team's facts over into the store: <paramref name="known"/> is the tree both sides last agreed on, <paramref name="now"/> the
/// team's newest. Where both sides wrote the same name, the team's fact stands and this machine's is renumbered or refused.
/// </summary>
internal sealed class FactMerge(StateBranch branch, LocalFacts facts, IReadOnlyDictionary<string, string> known, IReadOnlyDictionary<string, string> now)
{
    private readonly List<Renumbered> _renumbered = [];
    private readonly List<RefusedMove> _refused = [];
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _damaged = [];
    private int _received;

    public async Task<MergeResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var news = await NewsAsync(cancellationToken);
        var contested = news.Keys.Where(IsContested).Select(path => RegistryPath.Parse(path)!).ToList();
        foreach (var pipeline in contested.Where(path => path.Alias == null).Select(path => path.Pipeline).Distinct())
        {
            await RenumberAsync(pipeline, news, cancellationToken);
        }

        foreach (var alias in contested.Where(path => path.Alias != null).GroupBy(path => (path.Pipeline, path.Alias)))
        {
            Refuse(alias.Key.Pipeline, alias.Key.Alias!, alias.Min(path => path.Number), news);
        }

        foreach (var (path, content) in news.Where(fact => !KeepsLocal(fact.Key)))
        {
            _received += facts.Read(path) is { } local && GitObject.IdOf(local) == now[path] ? 0 : 1;
            await facts.WriteAsync(path, content, cancellationToken);
        }

        foreach (var (path, id) in known.Where(fact => LocalFacts.IsFact(fact.Key) && !now.ContainsKey(fact.Key)))
        {
            // Pruned by the team; what changed here since is kept and sent again.
            if (facts.Read(path) is { } local && GitObject.IdOf(local) == id)
            {
                facts.Delete(path);
            }
        }

        return new(_received, _renumbered, _refused, _findings, _damaged);
    }

    private async Task<Dictionary<string, byte[]>> NewsAsync(CancellationToken cancellationToken)
    {
        var changed = now.Where(fact => LocalFacts.IsFact(fact.Key) && (known.GetValueOrDefault(fact.Key) != fact.Value || !facts.Exists(fact.Key))).ToList();
        var contents = await branch.ReadAsync([.. changed.Select(fact => fact.Value)], cancellationToken);
        var news = new Dictionary<string, byte[]>();
        foreach (var ((path, id), content) in changed.Zip(contents))
        {
            if (content == null)
            {
                _findings.Add(new("A shared fact cannot be read", path, id, "content on the state branch", "run ./build.sh Sync again when the remote answers"));
                continue;
            }

            if (Health.FactReading.Of(path, content).Problem is { } problem)
            {
                // Told and left where it is: a damaged fact must not keep the others from this machine.
                _damaged.Add(new("A shared fact is damaged", path, problem, "what a build wrote", "somebody changed it by hand; restore it from the branch's history"));
                continue;
            }

            news[path] = content;
        }

        return news;
    }

    private bool IsContested(string path) =>
        RegistryPath.Parse(path) != null && !known.ContainsKey(path) && facts.Read(path) is { } local && GitObject.IdOf(local) != now[path];

    // A run that is still going, or ended without the remote, is this machine's to tell.
    private bool KeepsLocal(string path) =>
        LocalFacts.IsMutable(path) && known.TryGetValue(path, out var agreed) && facts.Read(path) is { } local && GitObject.IdOf(local) != agreed;

    private async Task RenumberAsync(string pipeline, Dictionary<string, byte[]> news, CancellationToken cancellationToken)
    {
        var versions = facts.Paths().Select(path => (Path: path, Parts: RegistryPath.Parse(path))).Where(fact => fact.Parts is { Alias: null } parts && parts.Pipeline == pipeline).ToList();
        var mine = versions.Where(fact => !known.ContainsKey(fact.Path)).Select(fact => CanonicalJson.Deserialize<ModelVersion>(facts.Read(fact.Path)!)).OrderBy(version => version.Number).ToList();
        var theirs = now.Keys.Select(path => (Path: path, Parts: RegistryPath.Parse(path))).Where(fact => fact.Parts is { Alias: null } parts && parts.Pipeline == pipeline)
            .Select(fact => news.GetValueOrDefault(fact.Path) ?? facts.Read(fact.Path)).Where(content => content != null)
            .Select(content => CanonicalJson.Deserialize<ModelVersion>(content!)).ToList();
        var next = theirs.Max(version => version.Number) + 1;
        var moves = new List<(ModelVersion Version, int To)>();
        foreach (var version in mine)
        {
            moves.Add((version, theirs.FirstOrDefault(other => other.Bundle == version.Bundle)?.Number ?? next++));
        }

        // From the highest down, so that a death in the middle leaves a version twice rather than not at all.
        foreach (var (version, to) in moves.AsEnumerable().Reverse())
        {
            if (!theirs.Exists(other => other.Number == to))
            {
                await facts.WriteAsync(VersionPath(pipeline, to), CanonicalJson.Serialize(version with { Number = to }), cancellationToken);
            }

            if (!now.ContainsKey(VersionPath(pipeline, version.Number)) && !moves.Exists(move => move.To == version.Number))
            {
                facts.Delete(VersionPath(pipeline, version.Number));
            }
        }

        var changes = moves.Where(move => move.To != move.Version.Number).Select(move => new Renumbered(pipeline, move.Version.Number, move.To)).ToList();
        _renumbered.AddRange(changes);
        await CarryAsync(pipeline, changes.ToDictionary(change => change.From, change => change.To), cancellationToken);
    }

    private async Task CarryAsync(string pipeline, Dictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        foreach (var path in facts.Paths())
        {
            var isMove = RegistryPath.Parse(path) is { Alias: not null } parts && parts.Pipeline == pipeline && !known.ContainsKey(path);
            var local = isMove || LocalFacts.IsMutable(path) ? facts.Read(path) : null;
            if (local != null && (!known.TryGetValue(path, out var agreed) || GitObject.IdOf(local) != agreed) && Renumbering.Apply(local, pipeline, numbers, isMove) is { } carried && !carried.AsSpan().SequenceEqual(local))
            {
                await facts.WriteAsync(path, carried, cancellationToken);
            }
        }
    }

    private void Refuse(string pipeline, string alias, int from, Dictionary<string, byte[]> news)
    {
        var standing = CanonicalJson.Deserialize<AliasMove>(news[MovePath(pipeline, alias, from)]);
        for (var number = from; facts.Read(MovePath(pipeline, alias, number)) is { } move; number++)
        {
            _refused.Add(new(pipeline, CanonicalJson.Deserialize<AliasMove>(move), standing));
            facts.Delete(MovePath(pipeline, alias, number));
        }
    }

    private static string VersionPath(string pipeline, int number) => $"registry/{pipeline}/versions/{FactPath.Numbered(number)}";

    private static string MovePath(string pipeline, string alias, int number) => string.Create(CultureInfo.InvariantCulture, $"registry/{pipeline}/aliases/{alias}/{FactPath.Numbered(number)}");
}
