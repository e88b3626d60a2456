namespace MlOpsBuild.Engine.IO;

/// <summary>What builds do with paths: names.</summary>
public static partial class AbsolutePathExtensions
{
    /// <summary>The path with another last extension; the dot may be left out.</summary>
    public static AbsolutePath WithExtension(this AbsolutePath path, string extension) =>
        AbsolutePath.Create(Path.ChangeExtension(path, extension));

    /// <summary>Whether the name ends in one of the extensions; dots may be left out, case does not matter.</summary>
    public static bool HasExtension(this AbsolutePath path, string extension, params string[] alternativeExtensions) =>
        alternativeExtensions.Prepend(extension)
            .Any(known => path.Name.EndsWith("." + known.TrimStart('.'), StringComparison.OrdinalIgnoreCase));

    /// <summary>The nearest folder above that fits, or null.</summary>
    public static AbsolutePath? FindParent(this AbsolutePath path, Func<AbsolutePath, bool> predicate) =>
        path.Parent is { } parent ? parent.FindParentOrSelf(predicate) : null;

    /// <summary>The path, or the nearest folder above, that fits; or null.</summary>
    public static AbsolutePath? FindParentOrSelf(this AbsolutePath path, Func<AbsolutePath, bool> predicate)
    {
        AbsolutePath? current = path;
        while (current != null && !predicate(current))
        {
            current = current.Parent;
        }

        return current;
    }

    /// <summary>Whether the name begins with a dot.</summary>
    public static bool IsDotDirectory(this AbsolutePath path) => path.Name.StartsWith('.');

    /// <summary>The file as the framework sees it.</summary>
    public static FileInfo ToFileInfo(this AbsolutePath path) => new(path);

    /// <summary>The folder as the framework sees it.</summary>
    public static DirectoryInfo ToDirectoryInfo(this AbsolutePath path) => new(path);
}
