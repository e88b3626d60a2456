using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>The repository's own sources, parsed once.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() => [.. Files("src").Select(Parse)]);

    public static string Root => RepositoryRoot.Path;

    public static IReadOnlyList<SourceFile> Sources => Parsed.Value;

    /// <summary>With what this repository's own build adds.</summary>
    public static IEnumerable<SourceFile> SourcesAndBuild => Sources.Concat(Files("build").Select(Parse));

    public static IEnumerable<string> Files(string folder, string pattern = "*.cs") =>
        Directory.GetFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
                && !(path.Contains("/MlOpsBuild.Templates/", StringComparison.Ordinal)
                    && path.Contains("/Content/", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static SourceFile Parse(string path) =>
        new(
            Relative(path), File.ReadAllLines(path).Length,
            (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot());
}
