using System.Reflection;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Fields and properties of a build that may take a value.</summary>
internal static class BuildMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>The build class's own first, then those of the classes above it, then those of its components.</summary>
    public static IEnumerable<MemberInfo> Of(Type build) => Classes(build).Concat(build.GetInterfaces())
        .SelectMany(type => type.GetMembers(Declared)).Where(member => member.MemberType is MemberTypes.Property or MemberTypes.Field);

    private static IEnumerable<Type> Classes(Type? type)
    {
        for (; type != null; type = type.BaseType)
        {
            yield return type;
        }
    }
}
