using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages;

/// <summary>
/// Digest of the code a stage can reach: its assembly and what that references, transitively. Framework assemblies count by
/// version. Stages of pipelines never reference assemblies that only wire or show (Engine, Components,
/// Reporting); a target of a build does.
/// </summary>
public static class CodeDigest
{
    private static readonly ConcurrentDictionary<Assembly, Digest> Known = new();

    /// <summary>The digest of the code that a stage can reach.</summary>
    public static Digest Of(Type stage) => Of(stage.Assembly);

    /// <summary>The digest of <paramref name="assembly"/> and all that it references.</summary>
    public static Digest Of(Assembly assembly) => Known.GetOrAdd(assembly, Compute);

    private static Digest Compute(Assembly assembly)
    {
        var folder = Path.GetDirectoryName(assembly.Location)!;
        var open = new Stack<string>([assembly.GetName().Name!]);
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (open.TryPop(out var name))
        {
            var path = Path.Combine(folder, name + ".dll");
            if (parts.ContainsKey(name) || !File.Exists(path))
            {
                continue;
            }

            var content = File.ReadAllBytes(path);
            parts[name] = Digest.Of(content).ToString();
            using var image = new PEReader(new MemoryStream(content));
            var metadata = image.GetMetadataReader();
            foreach (var reference in metadata.AssemblyReferences)
            {
                open.Push(metadata.GetString(metadata.GetAssemblyReference(reference).Name));
            }
        }

        parts["framework"] = Environment.Version.ToString(2);
        return Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(part => $"{part.Key} {part.Value}"))));
    }
}
