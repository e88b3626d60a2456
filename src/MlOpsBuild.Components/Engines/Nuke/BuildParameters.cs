using System.Reflection;

namespace MlOpsBuild.Components;

/// <summary>Parameters and targets of a build, of its base classes and its components, as NUKE finds them.</summary>
internal static class BuildParameters
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>Name as NUKE writes it, and type, by name without dashes.</summary>
    public static Dictionary<string, (string Name, Type Type)> Of(Type build)
    {
        var found = new Dictionary<string, (string, Type)>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in Members(build))
        {
            if (member.GetCustomAttribute<ParameterAttribute>() is { } attribute && member is PropertyInfo or FieldInfo)
            {
                var name = member.DeclaringType!.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix + (attribute.Name ?? member.Name);
                found.TryAdd(Fold(name), (name, member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType));
            }
        }

        return found;
    }

    /// <summary>Names of targets.</summary>
    public static HashSet<string> Targets(Type build) => Members(build).OfType<PropertyInfo>()
        .Where(property => property.PropertyType.Name is "Target" or "Setup" or "Cleanup").Select(property => property.Name.Split('.')[^1])
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values that the secret parameters of <paramref name="build"/> have now.</summary>
    public static IEnumerable<string> Secrets(object build) =>
        from member in Members(build.GetType())
        where member.GetCustomAttribute<SecretAttribute>() != null
        let value = member is PropertyInfo property ? property.GetValue(build) : (member as FieldInfo)?.GetValue(build)
        from text in value switch { string one => [one], IEnumerable<string> several => several, _ => Enumerable.Empty<string>() }
        where !string.IsNullOrWhiteSpace(text)
        select text;

    /// <summary>A name without its dashes.</summary>
    public static string Fold(string name) => name.Replace("-", "", StringComparison.Ordinal);

    private static IEnumerable<MemberInfo> Members(Type build)
    {
        var levels = new List<Type>();
        for (var level = build; level != null; level = level.BaseType)
        {
            levels.Add(level);
        }

        return levels.Concat(build.GetInterfaces()).SelectMany(type => type.GetMembers(Declared));
    }
}
