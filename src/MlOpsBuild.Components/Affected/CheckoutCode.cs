using System.Reflection;

namespace MlOpsBuild.Components.Affected;

/// <summary>The source files that types reach, in all assemblies that are made from sources of the checkout.</summary>
/// <param name="root">The checkout.</param>
internal sealed class CheckoutCode(string root)
{
    private readonly Dictionary<Assembly, TypeFiles?> _assemblies = [];
    private readonly UsedTypes _used = new();

    /// <summary>Files with constants, of all assemblies that were looked at.</summary>
    public IEnumerable<string> WithConstants => _assemblies.Values.OfType<TypeFiles>().SelectMany(files => files.WithConstants);

    /// <summary>The files of what <paramref name="start"/> reaches; null where its own are not known.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="borders">Types that are not entered.</param>
    public IReadOnlySet<string>? ReachedFrom(Type start, IReadOnlySet<Type> borders) => FilesOf(start.Assembly) == null ? null
        : ReachedTypes.From(start, assembly => FilesOf(assembly) != null, borders, _used)
            .GroupBy(type => type.Assembly)
            .SelectMany(types => FilesOf(types.Key)!.FilesOf(types))
            .ToHashSet();

    private TypeFiles? FilesOf(Assembly assembly)
    {
        if (!_assemblies.TryGetValue(assembly, out var files))
        {
            _assemblies[assembly] = files = TypeFiles.Of(assembly, root);
        }

        return files;
    }
}
