using System.Runtime.InteropServices;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Servers;

namespace MlOpsBuild.Packaging.Images;

/// <summary>The kind of machine that an image is for: always Linux, with one of two processors.</summary>
/// <param name="Architecture">The processor, in Go's words: <c>amd64</c> or <c>arm64</c>.</param>
public sealed record ImagePlatform(string Architecture)
{
    /// <summary>Its operating system, in Go's words.</summary>
    public const string Linux = "linux";

    // By Go's word: what .NET calls it, and what GNU does.
    private static readonly Dictionary<string, (string Runtime, string Gnu)> Known = new(StringComparer.Ordinal)
    {
        ["amd64"] = ("linux-x64", "x86_64-linux-gnu"), ["arm64"] = ("linux-arm64", "aarch64-linux-gnu"),
    };

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<ImagePlatform> All { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)
        .Select(name => new ImagePlatform(name))];

    /// <summary>That of this machine's processor, which may be none that images are made for.</summary>
    public static ImagePlatform Ours { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => new("amd64"),
        System.Runtime.InteropServices.Architecture.Arm64 => new("arm64"),
        var other => new(other.ToString().ToLowerInvariant()),
    };

    /// <summary>Whether this machine runs such images.</summary>
    public bool IsOurs => this == Ours;

    /// <summary>What .NET calls such a machine: <c>linux-x64</c>.</summary>
    public string RuntimeIdentifier => Names.Runtime;

    /// <summary>The kind of machine that native servers for it are kept under: this machine's own name, where it is this machine.</summary>
    public string Machine => IsOurs ? NativeServer.ThisMachine : RuntimeIdentifier;

    /// <summary>What names of things for it end with: nothing for this machine, <c>-arm64</c> for another one.</summary>
    public string Suffix => IsOurs ? "" : $"-{Architecture}";

    /// <summary>What GNU's compilers and Debian's folders call it: <c>aarch64-linux-gnu</c>.</summary>
    public string Gnu => Names.Gnu;

    private (string Runtime, string Gnu) Names => Known.TryGetValue(Architecture, out var names) ? names
        : throw new StageFailedException(new(
            "MLB3009", "No image for this processor", "Package", ToString(), string.Join(" or ", All),
            "say --no-image, or name one with --platforms"));

    /// <summary>The platforms that were asked for; this machine's where none was.</summary>
    /// <param name="asked">As <c>docker build --platform</c> has them: <c>linux/arm64</c>.</param>
    /// <exception cref="UsageException">There are none such; all of them at once.</exception>
    public static IReadOnlyList<ImagePlatform> Parse(IReadOnlyCollection<string> asked)
    {
        var unknown = asked.Where(name => All.All(platform => platform.ToString() != name)).ToList();
        return unknown.Count > 0
            ? throw new UsageException("No images for these machines", [.. unknown.Select(name => new Finding(
                "MLB3010", "No such platform", "--platforms", name, string.Join(" or ", All), "correct it"))])
            : asked.Count == 0 ? [Ours] : [.. All.Where(platform => asked.Contains(platform.ToString()))];
    }

    /// <inheritdoc />
    public override string ToString() => $"{Linux}/{Architecture}";
}
