using System.Globalization;
using System.Reflection;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Writes and reads the member that declares a parameter.</summary>
internal static class ParameterMember
{
    /// <summary>Gives a class's member its value; a component's member asks for it instead.</summary>
    public static void Set(NukeBuild build, MemberInfo member, object? value)
    {
        switch (member)
        {
            case FieldInfo field:
                field.SetValue(build, value);
                break;
            case PropertyInfo { CanWrite: true } property when property.DeclaringType!.IsClass:
                property.SetValue(build, value);
                break;
            case PropertyInfo property when BackingField(property) is { } backing:
                backing.SetValue(build, value);
                break;
        }
    }

    /// <summary>What the member says now; null also when it cannot be read.</summary>
    public static object? Get(NukeBuild build, ParameterDeclaration declaration)
    {
        try
        {
            return declaration.Member switch
            {
                FieldInfo field => field.GetValue(build),
                PropertyInfo property => property.GetValue(build),
                _ => null,
            };
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    public static bool IsMissing(NukeBuild build, ParameterDeclaration declaration) => Get(build, declaration) switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        _ => false,
    };

    /// <summary>A value as texts, culture invariant; one for a scalar, several for a list.</summary>
    public static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        System.Collections.IEnumerable list => [.. list.Cast<object?>().SelectMany(Texts)],
        bool flag => [flag ? "true" : "false"],
        IFormattable formattable => [formattable.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value.ToString() ?? ""],
    };

    // A property with an initialiser and no setter, as NUKE builds declare their parameters.
    private static FieldInfo? BackingField(PropertyInfo property) => property.DeclaringType!.GetField(
        $"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic);
}
