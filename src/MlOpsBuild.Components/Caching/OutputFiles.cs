using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Components.Caching;

/// <summary>The files below a target's declared outputs, as they stand in the checkout.</summary>
internal sealed class OutputFiles
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false
    };
    private readonly string _root;
    private readonly IReadOnlyList<string> _paths;
    private readonly ContentStore _blobs;
    private readonly FileDigests _digests;

    /// <param name="root">The checkout.</param>
    /// <param name="paths">The declared outputs, from the root on.</param>
    /// <param name="blobs">Keeps their content.</param>
    /// <param name="digests">Knows files that were read before.</param>
    public OutputFiles(string root, IReadOnlyList<string> paths, ContentStore blobs, FileDigests digests)
    {
        _root = root;
        _paths = paths;
        _blobs = blobs;
        _digests = digests;
    }

    /// <summary>Those of <paramref name="files"/> that may be executed.</summary>
    public static IReadOnlyList<string> Programs(IReadOnlyDictionary<string, Artifact> files) =>
        [.. files.Where(file => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.Value.Path) & Executable) != 0)
            .Select(file => file.Key)
            .Order(StringComparer.Ordinal)];

    /// <summary>What stands there now.</summary>
    public async Task<IReadOnlyDictionary<string, Artifact>> ReadAsync(CancellationToken cancellationToken)
    {
        var files = await _digests.OfAllAsync([.. Present()], cancellationToken);
        return new SortedDictionary<string, Artifact>(files.ToDictionary(file => SlashPath.From(_root, file.Path)), StringComparer.Ordinal);
    }

    /// <summary>Puts what stands there now into the store, so that it can be placed again.</summary>
    public async Task<OutputSet> KeepAsync(CancellationToken cancellationToken)
    {
        var files = await ReadAsync(cancellationToken);
        foreach (var file in files.Values)
        {
            await _blobs.KeepAsync(file, cancellationToken);
        }

        return new(files.ToDictionary(file => file.Key, file => file.Value.Digest), Programs(files));
    }

    /// <summary>Makes what stands there what <paramref name="wanted"/> says: what differs is written, what is not wanted goes.</summary>
    /// <exception cref="StageFailedException">A file is to stand where the target makes none: what a team's state says is not followed out
    /// of the declared outputs. Nothing was written.</exception>
    public async Task PlaceAsync(OutputSet wanted, CancellationToken cancellationToken)
    {
        RefuseElsewhere(wanted.Files.Keys.Concat(wanted.Programs));
        var present = await ReadAsync(cancellationToken);
        foreach (var (name, digest) in wanted.Files.Where(file => present.GetValueOrDefault(file.Key)?.Digest != file.Value))
        {
            await _blobs.CopyToAsync(digest, Path.Combine(_root, name), cancellationToken);
        }

        foreach (var file in present.Where(file => !wanted.Files.ContainsKey(file.Key)))
        {
            File.Delete(file.Value.Path);
        }

        foreach (var name in wanted.Files.Keys)
        {
            SetExecutable(Path.Combine(_root, name), wanted.Programs.Contains(name));
        }
    }

    private void RefuseElsewhere(IEnumerable<string> names)
    {
        var elsewhere = names
            .Where(name => SlashPath.From(_root, Path.GetFullPath(name, _root)) != name || !_paths.Any(path => SlashPath.Holds(path, name)))
            .Select(name => new Finding(
                "MLB7078", "An output lies where the target makes none", name, null, string.Join(", ", _paths),
                "do not trust whoever wrote this state; Doctor and History tell where it comes from"))
            .ToList();
        if (elsewhere.Count > 0)
        {
            throw new StageFailedException("What is kept of this target is not what it makes", elsewhere, Verdict.Error);
        }
    }

    private static void SetExecutable(string path, bool executable)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode
            && (executable ? mode | Executable : mode & ~Executable) is var right && right != mode)
        {
            File.SetUnixFileMode(path, right);
        }
    }

    /// <summary>Refuses a target that did not make all that it declares.</summary>
    /// <exception cref="StageFailedException">Nothing stands at one of its outputs; all of them at once.</exception>
    public void RequireAll(IEnumerable<string> made, string target)
    {
        var names = made.ToList();
        var missing = _paths.Where(path => !names.Exists(name => SlashPath.Holds(path, name)))
            .Select(path => new Finding(
                "MLB7073", "The target did not make an output", path, null, "a file, or a folder with files",
                "write it, or correct .Outputs"))
            .ToList();
        missing.AddRange(Links().Select(link => new Finding(
            "MLB7079", "A link among the outputs is not kept", link, null, "files", "write the file itself, or leave it out of .Outputs")));
        if (missing.Count > 0)
        {
            throw new StageFailedException($"{target} ended without outputs that can be kept", missing, Verdict.Error);
        }
    }

    private IEnumerable<string> Links() => _paths.Select(path => Path.Combine(_root, path)).Where(Directory.Exists)
        .SelectMany(path => Directory.EnumerateFileSystemEntries(
            path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        .Where(path => File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint))
        .Select(path => SlashPath.From(_root, path))
        .Order(StringComparer.Ordinal);

    private IEnumerable<string> Present() => _paths.Select(path => Path.Combine(_root, path))
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", All) : File.Exists(path) ? [path] : [])
        .Order(StringComparer.Ordinal);
}
