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
        var (names, files) = (new Dictionary<DocumentHandle, string>(), new Dictionary<Type, List<string>>());
        var code = image.GetMetadataReader();
        foreach (var ofType in reader.MethodDebugInformation
            .Where(handle => !reader.GetMethodDebugInformation(handle).SequencePointsBlob.IsNil)
            .GroupBy(handle => code.GetMethodDefinition(handle.ToDefinitionHandle()).GetDeclaringType()))
        {
            files[assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(ofType.Key))] =
                [.. ofType.SelectMany(handle => Documents(reader.GetMethodDebugInformation(handle))).Distinct().Select(NameOf)];
        }

        return names.Values.Any(name => File.Exists(Path.Combine(root, name))) ? new(files) : null;

        string NameOf(DocumentHandle document) => names.TryGetValue(document, out var name) ? name
            : names[document] = Relative(reader.GetString(reader.GetDocument(document).Name), root);
    }

    /// <summary>The files of <paramref name="types"/>.</summary>
    public IReadOnlySet<string> FilesOf(IEnumerable<Type> types) =>
        types.SelectMany(type => _files.GetValueOrDefault(type, [])).ToHashSet();

    // A method that lies in one file says so at once.
    private static IEnumerable<DocumentHandle> Documents(MethodDebugInformation method) =>
        method.Document.IsNil ? method.GetSequencePoints().Select(point => point.Document) : [method.Document];

    private static string Relative(string document, string root)
    {
        var path = document.StartsWith(DeterministicRoot, StringComparison.Ordinal) && !File.Exists(document)
            ? Path.Combine(root, document[DeterministicRoot.Length..])
            : document;
        return SlashPath.From(root, path);
    }
}
