using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Health;

/// <summary>
/// Examines a store and repairs what can be repaired without loss: damaged content is set aside and fetched from the team again,
/// leftovers of killed builds are cleared away. Anything else is told.
/// </summary>
public sealed class StoreDoctor
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);
    private readonly MlOpsStore _store;
    private readonly TimeProvider _time;
    private readonly bool _repairs;
    private readonly LocalFacts _facts;
    private readonly List<Diagnosis> _diagnoses = [];

    /// <summary>A doctor for <paramref name="store"/>; without <paramref name="repairs"/> it only looks.</summary>
    public StoreDoctor(MlOpsStore store, TimeProvider time, bool repairs)
    {
        _store = store;
        _time = time;
        _repairs = repairs;
        _facts = new(store.Folder);
    }

    /// <summary>Examines everything.</summary>
    public async Task<HealthReport> ExamineAsync(CancellationToken cancellationToken)
    {
        if (_store.Team != null && _store.Team.TakeHealed())
        {
            _diagnoses.Add(new(
                DiagnosisKind.Repaired,
                new("MLB4006", "This machine's copy of the team's branch was damaged", Path.Combine(_store.Folder, "remote")),
                "made anew from the remote"));
        }

        var blobs = await ExamineBlobsAsync(cancellationToken);
        var facts = await ExamineFactsAsync(cancellationToken);
        var entries = await ExamineAuditAsync(cancellationToken);
        ExamineLeftovers();
        ExamineLocks();
        return new(blobs, facts, entries, [.. _diagnoses.OrderBy(diagnosis => diagnosis.Kind)]);
    }

    private async Task<int> ExamineBlobsAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_store.Folder, "blobs", "sha256");
        var count = 0;
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (!Digest.TryParse("sha256:" + Path.GetFileName(file), out var digest))
            {
                continue;
            }

            count++;
            if (await _store.Blobs.VerifyAsync(digest, cancellationToken))
            {
                continue;
            }

            var finding = new Finding("MLB4007", "Stored content does not match its name", file, null, digest.ToString());
            if (!_repairs)
            {
                _diagnoses.Add(new(
                    DiagnosisKind.Problem, finding, "Doctor without --dry-run sets it aside and fetches it again where the team has it"));
                continue;
            }

            SetAside(file);
            var fetched = await _store.Blobs.EnsureAsync(digest, cancellationToken);
            _diagnoses.Add(new(
                DiagnosisKind.Repaired, finding,
                fetched
                    ? "fetched from the team again; the damaged file is in damaged/"
                    : "set aside in damaged/; the stage that makes it runs again"));
        }

        return count;
    }

    private async Task<int> ExamineFactsAsync(CancellationToken cancellationToken)
    {
        var paths = _facts.Paths();
        var versions = new Dictionary<string, HashSet<int>>();
        foreach (var path in paths)
        {
            if (RegistryPath.Parse(path) is { Alias: null } parts)
            {
                versions.TryAdd(parts.Pipeline, []);
                versions[parts.Pipeline].Add(parts.Number);
            }
        }

        foreach (var path in paths)
        {
            var content = _facts.Read(path)!;
            var fact = FactReading.Of(path, content);
            if (fact.Problem is { } problem)
            {
                await RestoreFactAsync(path, problem, cancellationToken);
                continue;
            }

            ExamineTimes(path, fact.Times);
            await ExamineReferencesAsync(path, fact, versions, cancellationToken);
        }

        return paths.Count;
    }

    private async Task RestoreFactAsync(string path, string problem, CancellationToken cancellationToken)
    {
        var finding = new Finding(
            "MLB4008", "A fact cannot be read", path, problem, "what a build wrote",
            "restore it from a backup, or from the team with --remote");
        var shared = _store.Team == null ? null : await _store.Team.TryReadAsync(path, cancellationToken);
        if (shared == null || FactReading.Of(path, shared).Problem != null || !_repairs)
        {
            _diagnoses.Add(new(DiagnosisKind.Problem, finding, shared == null ? null : "Doctor without --dry-run takes the team's"));
            return;
        }

        SetAside(Path.Combine(_store.Folder, path));
        await _facts.WriteAsync(path, shared, flush: true, cancellationToken);
        _diagnoses.Add(new(DiagnosisKind.Repaired, finding, "taken from the team; the damaged file is in damaged/"));
    }

    private async Task ExamineReferencesAsync(
        string path, FactReading fact, Dictionary<string, HashSet<int>> versions, CancellationToken cancellationToken)
    {
        foreach (var (name, digest) in await NeedsAsync(fact, cancellationToken))
        {
            if (!_store.Blobs.Contains(digest) && !(_repairs && await _store.Blobs.EnsureAsync(digest, cancellationToken)))
            {
                _diagnoses.Add(new(
                    path.StartsWith("registry/", StringComparison.Ordinal) && (_store.Team == null || _repairs)
                        ? DiagnosisKind.Problem
                        : DiagnosisKind.Note,
                    new(
                        "MLB4009", $"The {name} is not on this machine", path, digest.ToString(), "stored content",
                        "--remote fetches it where the team has it; a stage makes it again")));
            }
        }

        if (RegistryPath.Parse(path) is { Alias: { } alias } move
            && fact.To is { } to
            && !(versions.GetValueOrDefault(move.Pipeline)?.Contains(to) ?? false))
        {
            _diagnoses.Add(new(DiagnosisKind.Problem, new(
                "MLB4010", $"Alias '{alias}' was moved to a version that is not registered", path, $"v{to}", "a registered version",
                "restore registry/ from a backup, or from the team with --remote")));
        }
    }

    // What a fact names, and what a manifest among it names.
    private async Task<IReadOnlyList<(string Name, Digest Digest)>> NeedsAsync(FactReading fact, CancellationToken cancellationToken)
    {
        var needs = fact.Needs.ToList();
        foreach (var (name, digest) in fact.Needs)
        {
            if (await _store.Blobs.VerifyAsync(digest, cancellationToken)
                && await BlobReferences.IsManifestAsync(_store.Blobs.PathOf(digest), cancellationToken))
            {
                needs.AddRange(
                    BlobReferences.In(await _store.Blobs.ReadAsync(digest, cancellationToken)).Select(part => ($"{name}'s part", part)));
            }
        }

        return [.. needs.DistinctBy(need => need.Digest)];
    }

    private void ExamineTimes(string path, IReadOnlyList<DateTimeOffset> times)
    {
        if (times.FirstOrDefault(time => time > _time.GetUtcNow() + Skew) is { Ticks: > 0 } future)
        {
            _diagnoses.Add(new(DiagnosisKind.Problem, new(
                "MLB4011", "A fact comes from the future: a clock is wrong", path, Text(future), $"not after {Text(_time.GetUtcNow())}",
                "set the clock of the machine that wrote it, or of this one")));
        }
    }

    private async Task<int> ExamineAuditAsync(CancellationToken cancellationToken)
    {
        AuditEntry? earlier = null;
        var notes = new List<Diagnosis>();
        var (entries, findings) = await _store.Audit.ExamineAsync(
            later =>
            {
                if (earlier != null && later.At < earlier.At - Skew)
                {
                    notes.Add(new(DiagnosisKind.Note, new(
                        "MLB4012", "Audit entries were written by clocks that differ", $"audit.jsonl, entry {later.Sequence}",
                        Text(later.At),
                        $"not before {Text(earlier.At)}", "set the clocks; the chain's order holds")));
                }

                earlier = later;
            },
            cancellationToken);
        _diagnoses.AddRange([.. findings.Select(finding => new Diagnosis(DiagnosisKind.Problem, finding)), .. notes]);
        return entries;
    }

    private void ExamineLeftovers()
    {
        var leftovers = Directory.Exists(_store.Folder)
            ? Directory.GetFiles(_store.Folder, "*.tmp", SearchOption.AllDirectories)
                .Where(file => _time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > LeftoverAge && !IsOfAServer(file))
                .ToList()
            : [];
        foreach (var file in leftovers.Where(_ => _repairs))
        {
            File.Delete(file);
        }

        if (leftovers.Count > 0)
        {
            _diagnoses.Add(new(
                _repairs ? DiagnosisKind.Repaired : DiagnosisKind.Note,
                new(
                    "MLB4013", "Half-written files of builds that were killed", leftovers[0],
                    leftovers.Count.ToString(CultureInfo.InvariantCulture)),
                _repairs ? "removed; they were never part of the store" : null));
        }
    }

    private void ExamineLocks()
    {
        foreach (var file in Directory.Exists(_store.Folder)
            ? Directory.GetFiles(_store.Folder, "*.lock", SearchOption.AllDirectories)
            : [])
        {
            // The system ends a lock with its owner: one that can be opened is free, whatever is written in it.
            if (Content.FileLock.HolderOf(file) is { } holder)
            {
                _diagnoses.Add(
                    new(DiagnosisKind.Note, new("MLB4014", "A lock is held now", file, holder, null, "wait for that build, or end it")));
            }
        }
    }

    // What a stage or a server keeps in its own folder is its own affair.
    private bool IsOfAServer(string file) =>
        Path.GetRelativePath(_store.Folder, file).Split(Path.DirectorySeparatorChar) is ["tmp", ..] or ["servers", _, _, ..];

    private void SetAside(string file)
    {
        var target = Path.Combine(_store.Folder, "damaged", string.Create(
            CultureInfo.InvariantCulture,
            $"{_time.GetUtcNow():yyyyMMddHHmmss}-{Path.GetRelativePath(_store.Folder, file).Replace(Path.DirectorySeparatorChar, '-')}"));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(file, target, overwrite: true);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
