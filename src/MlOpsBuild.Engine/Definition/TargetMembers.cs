using System.Reflection;

namespace MlOpsBuild.Engine.Definition;

/// <summary>The properties of a build class and its components that are targets, setups or cleanups.</summary>
internal static class TargetMembers
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>One property per name: the class's own, else the component's that is most derived.</summary>
    /// <exception cref="InvalidOperationException">Two components declare the same name and the class does not
    /// say which is meant.</exception>
    public static IReadOnlyList<PropertyInfo> Of(Type build)
    {
        var properties = OfClasses(build).DistinctBy(NameOf).ToList();
        var own = properties.Select(NameOf).ToHashSet();
        foreach (var group in build.GetInterfaces().SelectMany(Declared).GroupBy(NameOf))
        {
            if (own.Contains(group.Key))
            {
                MustBeReachable(properties.Find(property => NameOf(property) == group.Key)!, group.First().DeclaringType!);
                continue;
            }

            var mostDerived = group
                .Where(property => group.All(other => other == property || !property.DeclaringType!.IsAssignableFrom(other.DeclaringType)))
                .ToList();
            properties.Add(mostDerived.Count == 1
                ? mostDerived[0]
                : throw new InvalidOperationException(
                    $"Target '{group.Key}' comes from {string.Join(" and ", mostDerived.Select(property => property.DeclaringType!.Name))}; implement it in the build class to say which is meant."));
        }

        return properties;
    }

    /// <summary>Declarations of the build class and the classes above it, its own first.</summary>
    public static IEnumerable<PropertyInfo> OfClasses(Type build)
    {
        for (var level = build; level != null && level != typeof(NukeBuild); level = level.BaseType)
        {
            foreach (var property in Declared(level))
            {
                yield return property;
            }
        }
    }

    /// <summary>The simple name, also of an explicit implementation.</summary>
    public static string NameOf(PropertyInfo property) => property.Name[(property.Name.LastIndexOf('.') + 1)..];

    /// <summary>The properties of one kind that <paramref name="type"/> itself declares.</summary>
    public static IReadOnlyList<PropertyInfo> Declared<TDelegate>(Type type) where TDelegate : Delegate =>
        [.. type.GetProperties(Own).Where(property => property.PropertyType == typeof(TDelegate))];

    // A private property of the same name would not be what the component's users reach.
    private static void MustBeReachable(PropertyInfo property, Type component)
    {
        if (!property.GetMethod!.IsPublic && !property.Name.Contains('.', StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"Target '{property.Name}' of {property.DeclaringType!.Name} must be public to stand for that of {component.Name}; or write 'Target {component.Name}.{property.Name}'.");
        }
    }

    private static IEnumerable<PropertyInfo> Declared(Type type) => type.GetProperties(Own)
        .Where(property => property.PropertyType == typeof(Target)
            || property.PropertyType == typeof(Setup)
            || property.PropertyType == typeof(Cleanup));
}
