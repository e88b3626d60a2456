using System.Reflection;

namespace MlOpsBuild.Engine.Definition;

/// <summary>All targets of a build class and its components, in declaration order (class first, then interfaces).</summary>
internal sealed class TargetCatalog
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private readonly Dictionary<Target, ExecutableTarget> _byFactory = [];

    private TargetCatalog(NukeBuild build) => Build = build;

    public NukeBuild Build { get; }

    public List<ExecutableTarget> Targets { get; } = [];

    public static TargetCatalog Of(NukeBuild build)
    {
        var catalog = new TargetCatalog(build);
        foreach (var property in TargetProperties(build.GetType()))
        {
            var factory = (Target)property.GetValue(build)!;
            var target = new ExecutableTarget(property.Name[(property.Name.LastIndexOf('.') + 1)..], property, factory);
            catalog.Targets.Add(target);
            catalog._byFactory[factory] = target;
        }

        foreach (var target in catalog.Targets)
        {
            target.Factory(new TargetDefinition(build, catalog, target));
        }

        return catalog;
    }

    /// <summary>The target that the delegate stands for. A delegate is equal to another when method and closure are.</summary>
    public ExecutableTarget Resolve(Target factory, ExecutableTarget user) => _byFactory.TryGetValue(factory, out var target)
        ? target
        : throw new InvalidOperationException(
            $"Target '{user.Name}' refers to a target that is not a property of the build. A target's lambda must capture only 'this', not a local variable.");

    public ExecutableTarget? Find(string name) =>
        Targets.FirstOrDefault(target => string.Equals(target.Name, name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    public Target OnlyTargetOf(Type component)
    {
        var own = component.GetProperties(Declared).Where(property => property.PropertyType == typeof(Target)).ToList();
        return own.Count == 1
            ? (Target)own[0].GetValue(Build)!
            : throw new InvalidOperationException($"{component.Name} declares {own.Count} targets; name the one that is meant.");
    }

    private static List<PropertyInfo> TargetProperties(Type type)
    {
        var properties = new List<PropertyInfo>();
        for (var level = type; level != null && level != typeof(NukeBuild); level = level.BaseType)
        {
            properties.AddRange(level.GetProperties(Declared).Where(property => property.PropertyType == typeof(Target) && properties.TrueForAll(known => known.Name != property.Name)));
        }

        var fromComponents = type.GetInterfaces().SelectMany(component => component.GetProperties(Declared))
            .Where(property => property.PropertyType == typeof(Target))
            .GroupBy(property => property.Name[(property.Name.LastIndexOf('.') + 1)..])
            .Where(group => properties.TrueForAll(own => own.Name != group.Key && !own.Name.EndsWith("." + group.Key, StringComparison.Ordinal)));
        foreach (var group in fromComponents)
        {
            var mostDerived = group.Where(property => group.All(other => other == property || !property.DeclaringType!.IsAssignableFrom(other.DeclaringType))).ToList();
            properties.Add(mostDerived.Count == 1
                ? mostDerived[0]
                : throw new InvalidOperationException(
                    $"Target '{group.Key}' comes from {string.Join(" and ", mostDerived.Select(property => property.DeclaringType!.Name))}; implement it in the build class to say which is meant."));
        }

        return properties;
    }
}
