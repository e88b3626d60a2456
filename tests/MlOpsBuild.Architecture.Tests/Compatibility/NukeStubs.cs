using System.Text;
using MlOpsBuild.TestKit.Signatures;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>Writes NUKE's surface, as far as rows tell of it, as C# that compiles and does nothing.</summary>
internal static class NukeStubs
{
    private const string Build = "Nuke.Common.INukeBuild";

    // What components log with in NUKE; the rows are NUKE's own assemblies only.
    private const string Serilog = """
        namespace Serilog
        {
            public static class Log
            {
                public static void Debug(string messageTemplate, params object[] propertyValues) { }
                public static void Information(string messageTemplate, params object[] propertyValues) { }
                public static void Warning(string messageTemplate, params object[] propertyValues) { }
                public static void Error(string messageTemplate, params object[] propertyValues) { }
                public static void CloseAndFlush() { }
            }
        }
        """;

    private static readonly string[] Framework =
        [
            "System", "System.Collections.Generic", "System.Collections.ObjectModel", "System.IO", "System.Linq.Expressions",
            "System.Reflection", "System.Text", "System.Threading.Tasks"
        ];

    /// <summary>The source of all <paramref name="sections"/>; those of one type may come in several.</summary>
    public static string Source(IEnumerable<SignatureSection> sections)
    {
        var types = sections.GroupBy(section => section.Heading)
            .Select(parts => new SignatureSection(parts.Key, [.. parts.SelectMany(part => part.Rows)]))
            .ToList();
        var source = new StringBuilder("#nullable disable\n");
        foreach (var space in Framework.Concat(types.Select(type => type.Namespace)).Distinct())
        {
            source.Append("using ").Append(space).Append(";\n");
        }

        foreach (var type in types)
        {
            source.Append("namespace ").Append(type.Namespace).Append("\n{\n").Append(Declaration(type, types)).Append("}\n");
        }

        return source.Append(Serilog).ToString();
    }

    private static string Declaration(SignatureSection type, IReadOnlyList<SignatureSection> all) => type.Kind switch
    {
        "delegate" => $"public delegate {type.Rows.Single().Replace(" (", $" {type.Name}(", StringComparison.Ordinal)};\n",
        "enum" => $"public enum {type.Name} {{ {type.Rows.Single()} }}\n",
        "interface" => Block(type, "", type.Rows.Select(StubMember.OfInterface)),
        _ when type.Name == "NukeBuild" => Block(type, " : INukeBuild", [.. Members(type), .. Explicit(type, all)]),
        _ => Block(type, type.Base is { } above ? $" : {above}" : "", Members(type)),
    };

    private static string Block(SignatureSection type, string above, IEnumerable<string> members) =>
        $"public {type.Kind} {type.Name}{above}\n{{\n    {string.Join("\n    ", members)}\n}}\n";

    private static IEnumerable<string> Members(SignatureSection type)
    {
        var isExtension = type.Name.EndsWith("Extensions", StringComparison.Ordinal);
        return type.Rows.Select(row => StubMember.OfClass(type.Name, isExtension, row));
    }

    // NUKE implements explicitly what has a static namesake, and what the rows do not show on the class.
    private static IEnumerable<string> Explicit(SignatureSection type, IReadOnlyList<SignatureSection> all) =>
        all.Single(other => other.TypeName == Build).Rows.Except(type.Rows).Select(row => StubMember.Explicit("INukeBuild", row));
}
