using System.Diagnostics.CodeAnalysis;

namespace MlOpsBuild.Engine.IO;

/// <summary>A rooted, normalised path; <c>path / "child"</c> goes down, <c>path / ..</c> up, <c>path + ".bak"</c> appends.</summary>
public sealed class AbsolutePath : IEquatable<AbsolutePath>
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;
    private readonly string _path;

    private AbsolutePath(string path) => _path = path;

    /// <summary>File or folder name.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The name without its last extension.</summary>
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(_path);

    /// <summary>The last extension with its dot, or an empty text.</summary>
    public string Extension => Path.GetExtension(_path);

    /// <summary>The folder above, or null at the root.</summary>
    public AbsolutePath? Parent => Path.GetDirectoryName(_path) is { } parent ? new(parent) : null;

    /// <summary>Wraps a rooted path.</summary>
    /// <exception cref="ArgumentException">The path is relative.</exception>
    public static AbsolutePath Create(string path) => Path.IsPathRooted(path)
        ? new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))
        : throw new ArgumentException($"Path '{path}' must be rooted.", nameof(path));

    /// <summary>Wraps a rooted path; throws <see cref="ArgumentException"/> for a relative one.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path == null ? null : Create(path);

    /// <summary>The path as text.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>The path below <paramref name="left"/>.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string right) => Create(Path.Combine(left._path, right));

    /// <summary>The folder above: only <c>..</c> is a range that means something.</summary>
    /// <exception cref="ArgumentException">Another range, or no folder above.</exception>
    public static AbsolutePath operator /(AbsolutePath left, Range range) =>
        range.Equals(Range.All)
            ? left.Parent ?? throw new ArgumentException($"'{left}' has no folder above.", nameof(left))
            : throw new ArgumentException($"'{range}' is no step; write '/ ..'.", nameof(range));

    /// <summary>The path with <paramref name="right"/> appended to its last name.</summary>
    public static AbsolutePath operator +(AbsolutePath left, string right) => Create(left._path + right);

    /// <summary>Same path, by the rules of the file system.</summary>
    public static bool operator ==(AbsolutePath? a, AbsolutePath? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Another path.</summary>
    public static bool operator !=(AbsolutePath? a, AbsolutePath? b) => !(a == b);

    /// <inheritdoc />
    public bool Equals(AbsolutePath? other) => other is not null && string.Equals(_path, other._path, Comparison);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AbsolutePath);

    /// <inheritdoc />
    public override int GetHashCode() => _path.GetHashCode(Comparison);

    /// <inheritdoc />
    public override string ToString() => _path;

    /// <summary>
    /// The path in quotes: <c>d</c> double, <c>s</c> single, <c>dn</c> and <c>sn</c> only when it has a blank, <c>nq</c> none.
    /// </summary>
    /// <exception cref="ArgumentException">Another format.</exception>
    public string ToString(string? format) => (format, _path.Contains(' ', StringComparison.Ordinal)) switch
    {
        ("d", _) or ("dn", true) => $"\"{_path}\"",
        ("s", _) or ("sn", true) => $"'{_path}'",
        ("dn" or "sn" or "nq" or null, _) => _path,
        _ => throw new ArgumentException($"Format '{format}' is unknown: d, dn, s, sn or nq.", nameof(format)),
    };
}
