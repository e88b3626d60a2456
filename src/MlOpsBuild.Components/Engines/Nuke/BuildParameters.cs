using System.Reflection;

namespace MlOpsBuild.Components;

/// <summary>Parameters and targets of a build, of its base classes and its components, as NUKE finds them; read once.</summary>
internal sealed class BuildParameters
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, (string Name, Type Type)> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _targets = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="build">The build's type.</param>
    public BuildParameters(Type build)
    {
        foreach (var member in Members(build))
        {
            if (member.GetCustomAttribute<ParameterAttribute>() is { } attribute && member is PropertyInfo or FieldInfo)
            {
                var name = member.DeclaringType!.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix + (attribute.Name ?? member.Name);
                var type = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
                _parameters.TryAdd(Fold(name), (name, type));
            }
            else if (member is PropertyInfo { PropertyType.Name: "Target" or "Setup" or "Cleanup" })
            {
                _targets.Add(member.Name.Split('.')[^1]);
            }
        }
    }

    /// <summary>Names of parameters as NUKE writes them.</summary>
    public IEnumerable<string> Names => _parameters.Values.Select(parameter => parameter.Name);

    /// <summary>The parameter of that name, in any letters and with or without dashes; null when there is none.</summary>
    public (string Name, Type Type)? Find(string name) => _parameters.TryGetValue(Fold(name), out var found) ? found : null;

    /// <summary>Whether a target has that name, in any letters and with or without dashes.</summary>
    public bool HasTarget(string name) => _targets.Contains(Fold(name));

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
