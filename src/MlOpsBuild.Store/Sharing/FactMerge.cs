using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Health;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Decides how the team's facts are taken over into the store: <paramref name="known"/> is the tree both sides last agreed on,
/// <paramref name="now"/> the team's newest. Where both sides wrote the same name, the team's fact stands and this machine's is renumbered
/// or refused.
/// </summary>
internal sealed class FactMerge(
    StateBranch branch, LocalFacts facts, IReadOnlyDictionary<string, string> known, IReadOnlyDictionary<string, string> now, string origin)
{
    private const string Approvals = "approvals/";
    private readonly Dictionary<string, byte[]?> _files = [];
    private readonly List<Renumbered> _renumbered = [];
    private readonly List<RefusedMove> _refused = [];
    private readonly List<Finding> _missing = [];
    private readonly List<Finding> _damaged = [];

    /// <summary>Decides; nothing is written.</summary>
    public async Task<MergePlan> PlanAsync(CancellationToken cancellationToken)
    {
        var news = await NewsAsync(cancellationToken);
        var contested = news.Keys.Where(IsContested).Select(path => RegistryPath.Parse(path)!).ToList();
        foreach (var pipeline in contested.Where(path => path.Alias == null).Select(path => path.Pipeline).Distinct())
        {
            Renumber(pipeline, news);
        }

        foreach (var alias in contested.Where(path => path.Alias != null).GroupBy(path => (path.Pipeline, path.Alias)))
        {
            Refuse(alias.Key.Pipeline, alias.Key.Alias!, alias.Min(path => path.Number), news);
        }

        var received = 0;
        foreach (var (path, content) in news.Where(fact => !KeepsLocal(fact.Key)))
        {
            received += facts.Read(path) is { } local && GitObject.IdOf(local) == now[path] ? 0 : 1;
            _files[path] = content;
        }

        // An approval that is gone may have been taken away, and be the one that takes another back: it stays where it was.
        foreach (var (path, id) in known.Where(fact =>
            LocalFacts.IsFact(fact.Key) && !now.ContainsKey(fact.Key) && !fact.Key.StartsWith(Approvals, StringComparison.Ordinal)))
        {
            // Pruned by the team; what changed here since is kept and sent again.
            if (facts.Read(path) is { } local && GitObject.IdOf(local) == id)
            {
                _files[path] = null;
            }
        }

        return new(
            [.. _files.Select(file => new JournaledFile(file.Key, file.Value, facts.IdOf(file.Key)))], received, _renumbered, _refused,
            _missing, _damaged);
    }

    private async Task<Dictionary<string, byte[]>> NewsAsync(CancellationToken cancellationToken)
    {
        var changed = now
            .Where(fact => LocalFacts.IsFact(fact.Key) && (known.GetValueOrDefault(fact.Key) != fact.Value || !facts.Exists(fact.Key)))
            .ToList();
        var contents = await branch.ReadAsync([.. changed.Select(fact => fact.Value)], cancellationToken);
        var news = new Dictionary<string, byte[]>();
        foreach (var ((path, id), content) in changed.Zip(contents))
        {
            if (content == null)
            {
                _missing.Add(new(
                    "MLB4024", "A shared fact cannot be read", path, id, "content on the state branch",
                    "run ./build.sh Sync again when the remote answers"));
                continue;
            }

            if (FactReading.Of(path, content).Problem is { } problem)
            {
                // Told and left where it is: a damaged fact must not keep the others from this machine.
                _damaged.Add(new(
                    "MLB4025", "A shared fact is damaged", path, problem, "what a build wrote",
                    "somebody changed it by hand; restore it from the branch's history"));
                continue;
            }

            news[path] = content;
        }

        return news;
    }

    private bool IsContested(string path) =>
        RegistryPath.Parse(path) != null && !known.ContainsKey(path) && facts.Read(path) is { } local && GitObject.IdOf(local) != now[path];

    // Nobody changes an approval: another content is another's, and may be there to take a withdrawal away.
    // A run that is still going, or ended without the remote, is this machine's to tell.
    private bool KeepsLocal(string path) =>
        (path.StartsWith(Approvals, StringComparison.Ordinal) && facts.Exists(path))
        || (LocalFacts.IsMutable(path) && facts.Read(path) is { } local && (known.TryGetValue(path, out var agreed)
            ? GitObject.IdOf(local) != agreed
            : local.Length > 0 && path.EndsWith($"-{origin}.json", StringComparison.Ordinal)));

    private void Renumber(string pipeline, Dictionary<string, byte[]> news)
    {
        var mine = facts.Paths()
            .Where(path => RegistryPath.Parse(path) is { Alias: null } parts && parts.Pipeline == pipeline && !known.ContainsKey(path))
            .Select(path => CanonicalJson.Deserialize<ModelVersion>(facts.Read(path)!)).OrderBy(version => version.Number).ToList();
        var theirs = now.Keys.Where(path => RegistryPath.Parse(path) is { Alias: null } parts && parts.Pipeline == pipeline)
            .Select(path => news.GetValueOrDefault(path) ?? facts.Read(path))
            .Where(content => content != null)
            .Select(content => CanonicalJson.Deserialize<ModelVersion>(content!))
            .ToList();
        var next = theirs.Max(version => version.Number) + 1;
        var moves = new List<(ModelVersion Version, int To)>();
        foreach (var version in mine)
        {
            moves.Add((version, theirs.Find(other => other.Bundle == version.Bundle)?.Number ?? next++));
        }

        foreach (var (version, _) in moves.Where(move => !now.ContainsKey(VersionPath(pipeline, move.Version.Number))))
        {
            _files[VersionPath(pipeline, version.Number)] = null;
        }

        foreach (var (version, to) in moves.Where(move => !theirs.Exists(other => other.Number == move.To)))
        {
            _files[VersionPath(pipeline, to)] = CanonicalJson.Serialize(version with { Number = to });
        }

        var changes = moves.Where(move => move.To != move.Version.Number)
            .Select(move => new Renumbered(pipeline, move.Version.Number, move.To))
            .ToList();
        _renumbered.AddRange(changes);
        Carry(pipeline, changes.ToDictionary(change => change.From, change => change.To));
    }

    private void Carry(string pipeline, Dictionary<int, int> numbers)
    {
        foreach (var path in facts.Paths())
        {
            var isMove = RegistryPath.Parse(path) is { Alias: not null } parts && parts.Pipeline == pipeline && !known.ContainsKey(path);
            var local = isMove || LocalFacts.IsMutable(path) ? facts.Read(path) : null;
            if (local != null
                && (!known.TryGetValue(path, out var agreed) || GitObject.IdOf(local) != agreed)
                && FactReading.Of(path, local).Problem == null
                && Renumbering.Apply(local, pipeline, numbers, isMove) is { } carried && !carried.AsSpan().SequenceEqual(local))
            {
                _files[path] = carried;
            }
        }
    }

    private void Refuse(string pipeline, string alias, int from, Dictionary<string, byte[]> news)
    {
        var standing = CanonicalJson.Deserialize<AliasMove>(news[MovePath(pipeline, alias, from)]);
        for (var number = from; facts.Read(MovePath(pipeline, alias, number)) is { } move; number++)
        {
            _refused.Add(new(pipeline, CanonicalJson.Deserialize<AliasMove>(move), standing));
            _files[MovePath(pipeline, alias, number)] = null;
        }
    }

    private static string VersionPath(string pipeline, int number) => $"registry/{pipeline}/versions/{FactPath.Numbered(number)}";

    private static string MovePath(string pipeline, string alias, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"registry/{pipeline}/aliases/{alias}/{FactPath.Numbered(number)}");
}
