using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Health;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Retention;

/// <summary>
/// Decides what a retention policy takes away. Never goes: what an alias names or ever named, what a deployment or an audit entry names,
/// what those need; who agreed to a version that stays, or took that back; facts that cannot be read; facts the team does not have yet.
/// </summary>
internal sealed class RetentionPlanner
{
    private readonly MlOpsStore _store;
    private readonly RetentionPolicy _policy;
    private readonly DateTimeOffset _now;
    private readonly IReadOnlyCollection<(string Pipeline, int Version)> _running;
    private readonly Dictionary<string, JsonObject?> _facts;
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    public RetentionPlanner(
        MlOpsStore store, RetentionPolicy policy, DateTimeOffset now, IReadOnlyCollection<(string Pipeline, int Version)> running)
    {
        _running = running;
        _store = store;
        _policy = policy;
        _now = now;
        var facts = new LocalFacts(store.Folder);
        _facts = facts.Paths().ToDictionary(path => path, path => facts.Read(path) is { } content ? Read(path, content) : null);
    }

    public async Task<RetentionPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var audit = string.Join('\n', (await _store.Audit.ReadAsync(cancellationToken)).Select(entry => entry.ToLine()));
        KeepRegistry(audit);
        var versions = Text("registry/");
        KeepWhere(
            "approvals/", (_, fact) => fact?["bundle"] is JsonValue bundle && bundle.TryGetValue<string>(out var digest)
                && versions.Contains(digest, StringComparison.Ordinal));
        KeepWhere(
            "deployments/",
            (path, _) => audit.Contains(Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal) || IsYoung(path, "started"));
        KeepNewest("deployments/", "pipeline");
        KeepWhere("experiments/", (_, _) => true);
        KeepNewest("runs/", "pipeline");
        KeepWhere("runs/", (path, _) => IsYoung(path, "started"));
        var named = Text("registry/") + Text("deployments/");
        KeepWhere(
            "runs/",
            (path, _) => named.Contains(Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)
                || audit.Contains(Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal));
        KeepWhere("", (path, fact) => fact == null || !path.Contains('/', StringComparison.Ordinal));
        var runs = Text("runs/");
        KeepWhere(
            "stages/", (path, _) => runs.Contains(Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal) || IsYoung(path, "at"));
        return await ConcludeAsync(audit, cancellationToken);
    }

    private void KeepRegistry(string audit)
    {
        var named = new HashSet<(string, int)>(_running);
        foreach (var (path, fact) in _facts)
        {
            if (RegistryPath.Parse(path) is { Alias: not null } move)
            {
                _kept.Add(path);
                foreach (var member in (string[])["from", "to"])
                {
                    if (fact?[member]?.GetValue<int>() is { } number)
                    {
                        named.Add((move.Pipeline, number));
                    }
                }
            }
        }

        foreach (var deployment in _facts.Where(fact => fact.Key.StartsWith("deployments/", StringComparison.Ordinal)
                || fact.Key.StartsWith("experiments/", StringComparison.Ordinal))
            .Select(fact => fact.Value))
        {
            foreach (var member in (string[])["version", "from"])
            {
                if (deployment?["pipeline"] is JsonValue name && name.TryGetValue<string>(out var pipeline)
                    && deployment[member] is JsonValue version && version.TryGetValue<int>(out var number))
                {
                    named.Add((pipeline, number));
                }
            }
        }

        foreach (var pipeline in _facts.Keys.Select(RegistryPath.Parse)
            .OfType<RegistryPath>()
            .Where(path => path.Alias == null)
            .GroupBy(path => path.Pipeline))
        {
            var newest = pipeline.OrderByDescending(path => path.Number).Take(_policy.Newest).Select(path => path.Number).ToHashSet();
            KeepWhere($"registry/{pipeline.Key}/versions/", (path, _) => RegistryPath.Parse(path)!.Number is var number
                && (newest.Contains(number) || named.Contains((pipeline.Key, number)) || IsYoung(path, "at")
                    || NamesVersion(audit, pipeline.Key, number)));
        }
    }

    private static bool NamesVersion(string audit, string pipeline, int number) =>
        audit.Split('\n').Any(line => line.Contains($"\"{pipeline}/", StringComparison.Ordinal)
            && line.Contains(FormattableString.Invariant($"\"v{number}\""), StringComparison.Ordinal));

    private void KeepNewest(string folder, string by)
    {
        foreach (var pipeline in _facts.Where(fact => fact.Key.StartsWith(folder, StringComparison.Ordinal))
            .GroupBy(fact => fact.Value?[by]?.ToString()))
        {
            _kept.UnionWith(pipeline.Select(fact => fact.Key)
                .OrderByDescending(path => Path.GetFileName(path), StringComparer.Ordinal)
                .Take(_policy.Newest));
        }
    }

    private void KeepWhere(string folder, Func<string, JsonObject?, bool> keeps) =>
        _kept.UnionWith(_facts.Where(fact => fact.Key.StartsWith(folder, StringComparison.Ordinal) && keeps(fact.Key, fact.Value))
            .Select(fact => fact.Key));

    private bool IsYoung(string path, string member) =>
        _policy.Age is { } age && _facts[path]?[member] is JsonValue value && value.TryGetValue<DateTimeOffset>(out var time)
            && time > _now - age;

    // All that the kept facts of a kind say: a name that occurs in it is needed.
    private string Text(string folder) => string.Join(
        '\n',
        _kept.Where(path => path.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => _facts[path]?.ToJsonString()));

    private async Task<RetentionPlan> ConcludeAsync(string audit, CancellationToken cancellationToken)
    {
        var needed = new HashSet<Digest>(BlobReferences.In(System.Text.Encoding.UTF8.GetBytes(audit)));

        // What cannot be read may need anything: then no content goes.
        var complete = _kept.All(path => _facts[path] != null);
        foreach (var bundle in _kept.Where(path => RegistryPath.Parse(path) is { Alias: null })
            .Select(path => (string?)_facts[path]?["bundle"]))
        {
            var readable = Digest.TryParse(bundle, out var manifest) && await _store.Blobs.EnsureAsync(manifest, cancellationToken);
            complete &= readable;
            if (readable)
            {
                // Also the layers this machine never fetched.
                needed.UnionWith(BlobReferences.In(await _store.Blobs.ReadAsync(manifest, cancellationToken)));
            }
        }

        foreach (var path in _kept)
        {
            var content = System.Text.Encoding.UTF8.GetBytes(_facts[path]?.ToJsonString() ?? "");
            needed.UnionWith(BlobReferences.In(content));
            needed.UnionWith(await BlobReferences.OfAsync(content, _store.Blobs, cancellationToken));
        }

        var tags = await TagsAsync(cancellationToken);
        var versions = Text("registry/");
        needed.UnionWith(tags.Where(digest => versions.Contains(digest.Hex, StringComparison.Ordinal)));
        needed.UnionWith(await AttachedAsync(tags, needed, cancellationToken));

        var folder = Path.Combine(_store.Folder, "blobs", "sha256");
        var blobs = (Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
            .Select(file => Digest.TryParse("sha256:" + Path.GetFileName(file), out var digest) ? digest : (Digest?)null).OfType<Digest>()
            .Where(digest => complete && !needed.Contains(digest)).OrderBy(digest => digest.Hex, StringComparer.Ordinal).ToList();
        var facts = _facts.Keys.Where(path => !_kept.Contains(path)).Order(StringComparer.Ordinal).ToList();
        var reports = facts.Where(path => path.StartsWith("runs/", StringComparison.Ordinal))
            .Select(path => Path.Combine("reports", Path.GetFileNameWithoutExtension(path)))
            .Where(report => Directory.Exists(Path.Combine(_store.Folder, report))).ToList();
        return new(
            facts, blobs, reports,
            blobs.Select(digest => new FileInfo(_store.Blobs.PathOf(digest))).Where(file => file.Exists).Sum(file => file.Length),
            _kept.Count, complete ? needed : null);
    }

    // What has a name in the OCI index.
    private async Task<IEnumerable<Digest>> TagsAsync(CancellationToken cancellationToken) =>
        Path.Combine(_store.Folder, "index.json") is var path && File.Exists(path)
            ? BlobReferences.In(await File.ReadAllBytesAsync(path, cancellationToken))
            : [];

    // Signatures and statements stay with what they are attached to: no fact names them.
    private async Task<IEnumerable<Digest>> AttachedAsync(
        IEnumerable<Digest> tags, HashSet<Digest> needed, CancellationToken cancellationToken)
    {
        var attached = new List<Digest>();
        foreach (var digest in tags)
        {
            if (_store.Blobs.Contains(digest)
                && await _store.Blobs.EnsureAsync(digest, cancellationToken)
                && await BlobReferences.IsManifestAsync(_store.Blobs.PathOf(digest), cancellationToken)
                && await _store.Blobs.ReadAsync(digest, cancellationToken) is var manifest
                && SubjectOf(manifest) is { } subject
                && needed.Contains(subject))
            {
                attached.AddRange([digest, .. BlobReferences.In(manifest)]);
            }
        }

        return attached;
    }

    private static Digest? SubjectOf(byte[] manifest)
    {
        try
        {
            return JsonNode.Parse(CanonicalJson.WithoutMark(manifest)) is JsonObject read
                && read["subject"] is JsonObject subject
                && Digest.TryParse((string?)subject["digest"], out var digest)
                ? digest
                : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonObject? Read(string path, byte[] content)
    {
        try
        {
            return FactReading.Of(path, content).Problem == null
                && JsonNode.Parse(CanonicalJson.WithoutMark(content)) is JsonObject fact
                && fact.All(member => member.Key.Length > 0)
                ? fact
                : null;
        }
        catch (ArgumentException)
        {
            // The same member twice.
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
