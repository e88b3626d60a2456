using System.Diagnostics.CodeAnalysis;

namespace MlOpsBuild.Engine;

/// <summary>A rooted, normalised path; <c>path / "child"</c> goes down.</summary>
public sealed record AbsolutePath
{
    private AbsolutePath(string path) => Path = path;

    private string Path { get; }

    /// <summary>File or folder name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder above, or null at the root.</summary>
    public AbsolutePath? Parent => System.IO.Path.GetDirectoryName(Path) is { } parent ? new(parent) : null;

    /// <summary>Wraps a rooted path; throws <see cref="ArgumentException"/> for a relative one.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path switch
    {
        null => null,
        _ when System.IO.Path.IsPathRooted(path) => new(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))),
        _ => throw new ArgumentException($"Path '{path}' must be rooted.", nameof(path)),
    };

    /// <summary>The path as text.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?.Path;

    /// <summary>The path below <paramref name="left"/>.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string right) => System.IO.Path.Combine(left.Path, right)!;

    /// <summary>The same as the operator.</summary>
    public static AbsolutePath Divide(AbsolutePath left, string right) => left / right;

    /// <inheritdoc />
    public override string ToString() => Path;
}
