using System.Collections.Concurrent;
using System.Reflection;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>A parameter that a build class or one of its components declares.</summary>
internal sealed record ParameterDeclaration(string Name, Type Type, ParameterAttribute Attribute, bool IsSecret, MemberInfo Member)
{
    private static readonly Type[] Lists =
    [
        typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>),
        typeof(List<>)
    ];

    // They follow from the type alone.
    private static readonly ConcurrentDictionary<Type, Found> Known = new();

    public Type ValueType => Nullable.GetUnderlyingType(Type) ?? Type;

    public bool IsList => Type.IsArray || (Type.IsGenericType && Lists.Contains(Type.GetGenericTypeDefinition()));

    public Type ElementType => Type.IsArray ? Type.GetElementType()! : IsList ? Type.GetGenericArguments()[0] : ValueType;

    public bool IsSwitch => ValueType == typeof(bool);

    /// <summary>A switch of the engine: the environment reaches it only with the prefix.</summary>
    public bool IsBuiltIn => Member.DeclaringType == typeof(NukeBuild);

    /// <summary>The build does not begin without it.</summary>
    public bool IsRequired { get; init; } = Member.IsDefined(typeof(RequiredAttribute));

    /// <summary>A list that may be given without a value.</summary>
    public bool MayBeEmpty => Member.IsDefined(typeof(MayBeEmptyAttribute));

    /// <summary>
    /// Every declaration of <paramref name="build"/>, own members first, one per name; two of one name and different types are a problem.
    /// </summary>
    public static IReadOnlyList<ParameterDeclaration> Of(Type build, List<string> problems)
    {
        var found = Known.GetOrAdd(build, Find);
        problems.AddRange(found.Problems);
        return found.All;
    }

    private static Found Find(Type build)
    {
        var problems = new List<string>();
        var all = BuildMembers.Of(build)
            .Select(member => member.GetCustomAttribute<ParameterAttribute>() is not { } attribute ? null : new ParameterDeclaration(
                ParameterName.Of(member, attribute), TypeOf(member), attribute, member.IsDefined(typeof(SecretAttribute)), member))
            .OfType<ParameterDeclaration>()
            .ToLookup(declaration => ParameterName.Fold(declaration.Name));
        foreach (var same in all.Where(group => group.First().Member.DeclaringType!.IsInterface
            && group.Select(declaration => declaration.ValueType).Distinct().Count() > 1))
        {
            problems.Add($"--{same.First().Name} is declared with different types by {string.Join(" and ", same.Select(declaration => $"{declaration.Member.DeclaringType!.Name} ({declaration.ValueType.Name})"))}; give one of them a [ParameterPrefix].");
        }

        // Who declares a component's parameter again does not take back that it is a secret, or required.
        return new(
            [.. all.Select(group => group.First() with
            {
                IsSecret = group.Any(declaration => declaration.IsSecret),
                IsRequired = group.Any(declaration => declaration.IsRequired)
                    && !group.First().Member.IsDefined(typeof(OptionalAttribute)),
            })],
            problems);
    }

    private static Type TypeOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private sealed record Found(IReadOnlyList<ParameterDeclaration> All, IReadOnlyList<string> Problems);
}
