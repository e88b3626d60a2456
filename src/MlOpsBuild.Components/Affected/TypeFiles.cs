using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using MlOpsBuild.Core.Files;

namespace MlOpsBuild.Components.Affected;

/// <summary>The source files of an assembly's types, as its debug information (embedded, or a .pdb beside it) names them.</summary>
internal sealed class TypeFiles
{
    // Deterministic builds write the root so.
    private const string DeterministicRoot = "/src/";
    private readonly Dictionary<Type, List<string>> _files;

    private TypeFiles(Dictionary<Type, List<string>> files) => _files = files;

    /// <summary>Files whose constants are compiled into others, where they leave no trace.</summary>
    public IReadOnlySet<string> WithConstants => _files
        .Where(pair => pair.Key.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Any(member => member.IsLiteral))
        .SelectMany(pair => pair.Value).ToHashSet();

    /// <summary>Reads them; null where the assembly was not made from sources of the checkout, or nothing tells.</summary>
    public static TypeFiles? Of(Assembly assembly, string root)
    {
        if (!File.Exists(assembly.Location))
        {
            return null;
        }

        using var image = new PEReader(File.OpenRead(assembly.Location));
        if (!image.TryOpenAssociatedPortablePdb(
            assembly.Location, path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _)
            || provider == null)
        {
            return null;
        }

        using var owned = provider;
        var reader = provider.GetMetadataReader();
        var files = new Dictionary<Type, List<string>>();
        foreach (var handle in reader.MethodDebugInformation.Where(
            handle => !reader.GetMethodDebugInformation(handle).SequencePointsBlob.IsNil))
        {
            var type = assembly.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle.ToDefinitionHandle()))!.DeclaringType!;
            var names = reader.GetMethodDebugInformation(handle)
                .GetSequencePoints()
                .Select(point => point.Document)
                .Distinct()
                .Select(document => Relative(reader.GetString(reader.GetDocument(document).Name), root));
            files[type] = [.. files.GetValueOrDefault(type, []).Union(names)];
        }

        return files.Values.SelectMany(names => names).Any(name => File.Exists(Path.Combine(root, name))) ? new(files) : null;
    }

    /// <summary>The files of <paramref name="types"/>.</summary>
    public IReadOnlySet<string> FilesOf(IEnumerable<Type> types) =>
        types.SelectMany(type => _files.GetValueOrDefault(type, [])).ToHashSet();

    private static string Relative(string document, string root)
    {
        var path = document.StartsWith(DeterministicRoot, StringComparison.Ordinal) && !File.Exists(document)
            ? Path.Combine(root, document[DeterministicRoot.Length..])
            : document;
        return SlashPath.From(root, path);
    }
}
