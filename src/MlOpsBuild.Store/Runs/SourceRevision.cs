using System.Text.Json.Serialization;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Runs;

/// <summary>Where the code stood.</summary>
/// <param name="Commit">Full commit id.</param>
/// <param name="Branch">Branch name, or null when detached.</param>
/// <param name="Dirty">Whether tracked files, or new files of code, differed from the commit; null when not asked.</param>
public sealed record SourceRevision(string Commit, string? Branch, bool? Dirty = null)
{
    private const int MostChanges = 10;
    private const int ShownDigits = 10;

    /// <summary>The files that differed, the first ones of them, relative to the project; null when not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>The commit's first ten digits, for people.</summary>
    [JsonIgnore]
    public string ShortCommit => Commit[..Math.Min(ShownDigits, Commit.Length)];

    /// <summary>Reads commit and branch without starting git; null when <paramref name="root"/> lies in no repository.</summary>
    public static SourceRevision? Read(string root)
    {
        if (GitFolderOf(root) is not { } git || Path.Combine(git, "HEAD") is not { } head || !File.Exists(head))
        {
            return null;
        }

        var text = File.ReadAllText(head).Trim();
        const string Prefix = "ref: ";
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new(text, null);
        }

        var reference = text[Prefix.Length..];
        var branch = reference[(reference.IndexOf('/', reference.IndexOf('/', StringComparison.Ordinal) + 1) + 1)..];
        return Resolve(git, reference) is { } commit ? new(commit, branch) : null;
    }

    /// <summary>When commits were made, of those that the project's repository knows.</summary>
    /// <param name="commits">Full commit ids.</param>
    /// <param name="root">The project.</param>
    /// <param name="variables">The environment's variables.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task<IReadOnlyDictionary<string, DateTimeOffset>> TimesAsync(
        IReadOnlyList<string> commits, string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) =>
        ProjectRepository.TimesAsync(root, variables, commits, cancellationToken);

    /// <summary>The same, with what differs from the commit, as far as git is there to say.</summary>
    /// <param name="root">The project.</param>
    /// <param name="variables">The environment's variables.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SourceRevision> WithChangesAsync(
        string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) =>
        await ProjectRepository.ChangesAsync(root, variables, cancellationToken) is { } changes
            ? this with { Dirty = changes.Count > 0, Changes = [.. changes.Take(MostChanges)] }
            : this;

    /// <summary>
    /// Files of the project that are not as they were at <paramref name="earlier"/>, uncommitted ones among
    /// them; null where git cannot say.
    /// </summary>
    /// <param name="earlier">The earlier state.</param>
    /// <param name="root">The project.</param>
    /// <param name="variables">The environment's variables.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<string>?> FilesSinceAsync(
        SourceRevision earlier, string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) =>
        earlier.Commit == Commit ? Changes ?? []
        : await ProjectRepository.DifferenceAsync(root, variables, earlier.Commit, Commit, cancellationToken) is { } committed
            ? [.. committed.Union(Changes ?? [])]
        : null;

    // The project may lie below the top of its repository; a worktree's .git is a file.
    private static string? GitFolderOf(string root)
    {
        for (var folder = new DirectoryInfo(root); folder != null; folder = folder.Parent)
        {
            var git = Path.Combine(folder.FullName, ".git");
            if (Directory.Exists(git))
            {
                return git;
            }

            if (File.Exists(git))
            {
                return File.ReadAllText(git) is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var linked]
                    ? Path.GetFullPath(linked.Trim(), folder.FullName)
                    : null;
            }
        }

        return null;
    }

    private static string? Resolve(string git, string reference)
    {
        var common = File.Exists(Path.Combine(git, "commondir"))
            ? Path.GetFullPath(File.ReadAllText(Path.Combine(git, "commondir")).Trim(), git)
            : git;
        var loose = Path.Combine(common, reference);
        if (File.Exists(loose))
        {
            return File.ReadAllText(loose).Trim();
        }

        var packed = Path.Combine(common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))?.Split(' ')[0]
            : null;
    }
}
