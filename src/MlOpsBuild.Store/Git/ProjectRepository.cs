using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Git;

/// <summary>
/// The project's own repository, read only: where its origin is, and which settings open it (build servers keep tokens there).
/// </summary>
internal static class ProjectRepository
{
    private static readonly string[] Passed = ["http.", "credential.", "core.sshcommand", "url.", "ssh."];

    private static readonly string[] Code = [".cs", ".csproj", ".props", ".targets"];

    /// <summary>The address of <c>origin</c>.</summary>
    /// <exception cref="UsageException">There is no repository, or it has no origin.</exception>
    public static async Task<string> OriginAsync(
        string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var git = new GitProgram(variables, [], root, TimeProvider.System);
        var answer = await git.RunAsync(["config", "--get", "remote.origin.url"], cancellationToken);
        if (!answer.Succeeded || answer.Text.Trim() is not { Length: > 0 } origin)
        {
            throw new UsageException(new Finding(
                "MLB4003", "--remote git needs a repository with a remote called origin", root,
                answer.Error.Trim() is { Length: > 0 } error ? error : null,
                "git remote get-url origin to name one", "add it with git remote add origin URL, or give --remote the address itself"));
        }

        return origin.Contains("://", StringComparison.Ordinal) || origin.Contains(':', StringComparison.Ordinal)
            ? origin
            : Path.GetFullPath(origin, root);
    }

    /// <summary>
    /// Files below <paramref name="root"/> that differ from the commit: tracked ones, and new ones of code; null where git cannot say.
    /// </summary>
    public static async Task<IReadOnlyList<string>?> ChangesAsync(
        string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(
            root, variables, ["status", "--porcelain", "--no-renames", "--untracked-files=all", "-z", "--", "."], cancellationToken);
        var prefix = names == null ? null : await AskAsync(root, variables, ["rev-parse", "--show-prefix"], cancellationToken);
        return prefix is not { Succeeded: true } ? null :
        [
            .. names!
                .Where(line => line.Length > 3 && (!line.StartsWith("??", StringComparison.Ordinal)
                    || Code.Contains(Path.GetExtension(line), StringComparer.OrdinalIgnoreCase)))
                .Select(line => line[3..])
                .Select(path => path.StartsWith(prefix.Text.Trim(), StringComparison.Ordinal) ? path[prefix.Text.Trim().Length..] : path)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Files below <paramref name="root"/> that differ between two commits; null where git cannot say.</summary>
    public static Task<IReadOnlyList<string>?> DifferenceAsync(
        string root, IReadOnlyDictionary<string, string> variables, string earlier, string later, CancellationToken cancellationToken) =>
        NamesAsync(
            root, variables, ["diff", "--name-only", "--no-renames", "--relative", "-z", earlier, later, "--", "."], cancellationToken);

    /// <summary>When commits were made, of those that the repository knows.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> TimesAsync(
        string root, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> commits, CancellationToken cancellationToken)
    {
        // What is no commit's name could be an option.
        var names = commits.Where(name => name.Length > 0 && name.All(char.IsAsciiHexDigit)).ToList();
        var answer = names.Count == 0 ? null : await AskAsync(
            root, variables, ["log", "--no-walk", "--ignore-missing", "--format=%H %cI", .. names], cancellationToken);
        return answer is not { Succeeded: true } ? new Dictionary<string, DateTimeOffset>()
            : answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
                .DistinctBy(parts => parts[0])
                .ToDictionary(parts => parts[0], parts => DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Local settings that git needs to reach the same hosts as in the project.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> SettingsAsync(
        string root, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var git = new GitProgram(variables, [], root, TimeProvider.System);
        var answer = await git.RunAsync(["config", "--local", "--includes", "--null", "--list"], cancellationToken);
        return !answer.Succeeded ? [] :
        [
            .. Encoding.UTF8.GetString(answer.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\n', 2))
                .Where(pair => pair.Length == 2 && Passed.Any(prefix => pair[0].StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                .Select(pair => KeyValuePair.Create(pair[0], pair[1])),
        ];
    }

    // What git lists with NUL behind each; null where it does not answer.
    private static async Task<IReadOnlyList<string>?> NamesAsync(
        string root, IReadOnlyDictionary<string, string> variables, string[] arguments, CancellationToken cancellationToken) =>
        await AskAsync(root, variables, arguments, cancellationToken) is { Succeeded: true } answer
            ? Encoding.UTF8.GetString(answer.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : null;

    private static async Task<GitAnswer?> AskAsync(
        string root, IReadOnlyDictionary<string, string> variables, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await new GitProgram(variables, [], root, TimeProvider.System).RunAsync(arguments, cancellationToken);
        }
        catch (UsageException)
        {
            // git is not installed.
            return null;
        }
    }
}
