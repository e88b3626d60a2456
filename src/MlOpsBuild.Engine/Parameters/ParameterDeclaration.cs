using System.Reflection;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>A parameter that a build class or one of its components declares.</summary>
internal sealed record ParameterDeclaration(string Name, Type Type, ParameterAttribute Attribute, bool IsSecret, MemberInfo Member)
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public Type ValueType => Nullable.GetUnderlyingType(Type) ?? Type;

    public bool IsList => Type.IsArray;

    public Type ElementType => IsList ? Type.GetElementType()! : ValueType;

    public bool IsSwitch => ValueType == typeof(bool);

    /// <summary>Every declaration of <paramref name="build"/>, own members first, one per name.</summary>
    public static IReadOnlyList<ParameterDeclaration> Of(Type build)
    {
        var levels = new List<Type>();
        for (var level = build; level != null; level = level.BaseType)
        {
            levels.Add(level);
        }

        return [.. levels.Concat(build.GetInterfaces())
            .SelectMany(type => type.GetMembers(Declared))
            .Where(member => member.MemberType is MemberTypes.Property or MemberTypes.Field)
            .Select(member => (Member: member, Attribute: member.GetCustomAttribute<ParameterAttribute>()))
            .Where(pair => pair.Attribute != null)
            .Select(pair => new ParameterDeclaration(
                ParameterName.Of(pair.Member), TypeOf(pair.Member), pair.Attribute!, pair.Member.IsDefined(typeof(SecretAttribute)), pair.Member))
            .DistinctBy(declaration => declaration.Name)];
    }

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
}
