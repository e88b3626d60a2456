namespace MlOpsBuild.Engine.IO;

/// <summary>What builds do with paths: what is there.</summary>
public static partial class AbsolutePathExtensions
{
    /// <summary>Whether something is there: anything, or with <c>file</c> or <c>dir</c> only that.</summary>
    /// <exception cref="ArgumentException">Another expression.</exception>
    public static bool Exists(this AbsolutePath path, string? expression = null) => expression switch
    {
        null => path.FileExists() || path.DirectoryExists(),
        "file" => path.FileExists(),
        "dir" or "directory" => path.DirectoryExists(),
        _ => throw new ArgumentException($"'{expression}' is no kind of entry; expected file, dir or nothing.", nameof(expression)),
    };

    /// <summary>The path when something is there, else null; as <see cref="Exists"/>.</summary>
    public static AbsolutePath? Existing(this AbsolutePath path, string? expression = null) => path.Exists(expression) ? path : null;

    /// <summary>Whether a file is there.</summary>
    public static bool FileExists(this AbsolutePath path) => File.Exists(path);

    /// <summary>Whether a folder is there.</summary>
    public static bool DirectoryExists(this AbsolutePath path) => Directory.Exists(path);

    /// <summary>The path when a file is there, else null.</summary>
    public static AbsolutePath? ExistingFile(this AbsolutePath path) => path.FileExists() ? path : null;

    /// <summary>The path when a folder is there, else null.</summary>
    public static AbsolutePath? ExistingDirectory(this AbsolutePath path) => path.DirectoryExists() ? path : null;

    /// <summary>Those where a file is.</summary>
    public static IEnumerable<AbsolutePath> WhereFileExists(this IEnumerable<AbsolutePath> paths) => paths.Where(FileExists);

    /// <summary>Those where a folder is.</summary>
    public static IEnumerable<AbsolutePath> WhereDirectoryExists(this IEnumerable<AbsolutePath> paths) => paths.Where(DirectoryExists);

    /// <summary>Whether a file below fits the pattern (<c>*</c>, <c>?</c>).</summary>
    public static bool ContainsFile(this AbsolutePath path, string pattern, SearchOption options = SearchOption.TopDirectoryOnly) =>
        path.DirectoryExists() && Directory.EnumerateFiles(path, pattern, options).Any();

    /// <summary>Whether a folder below fits the pattern (<c>*</c>, <c>?</c>).</summary>
    public static bool ContainsDirectory(this AbsolutePath path, string pattern, SearchOption options = SearchOption.TopDirectoryOnly) =>
        path.DirectoryExists() && Directory.EnumerateDirectories(path, pattern, options).Any();

    /// <summary>
    /// Files that fit, in stable order, down to <paramref name="depth"/> levels (1: the folder itself), not beyond links.
    /// </summary>
    public static IEnumerable<AbsolutePath> GetFiles(
        this AbsolutePath path, string pattern = "*", int depth = 1, FileAttributes attributes = 0) =>
        Entries(path, depth, attributes, folder => Directory.EnumerateFiles(folder, pattern));

    /// <summary>Folders that fit, in stable order, down to <paramref name="depth"/> levels (1: the folder itself).</summary>
    public static IEnumerable<AbsolutePath> GetDirectories(
        this AbsolutePath path, string pattern = "*", int depth = 1, FileAttributes attributes = 0) =>
        Entries(path, depth, attributes, folder => Directory.EnumerateDirectories(folder, pattern));

    private static IEnumerable<AbsolutePath> Entries(
        AbsolutePath path, int depth, FileAttributes attributes, Func<string, IEnumerable<string>> list)
    {
        if (depth < 1)
        {
            return [];
        }

        var own = list(path)
            .Where(entry => (File.GetAttributes(entry) & attributes) == attributes)
            .Order(StringComparer.Ordinal)
            .Select(AbsolutePath.Create);
        return depth == 1 ? own : own.Concat(Directory.EnumerateDirectories(path)
            .Order(StringComparer.Ordinal)
            .Where(folder => new DirectoryInfo(folder).LinkTarget == null)
            .SelectMany(folder => Entries(AbsolutePath.Create(folder), depth - 1, attributes, list)));
    }
}
