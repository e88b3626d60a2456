using System.Reflection;
using MlOpsBuild.Engine.ValueInjection;

namespace MlOpsBuild.Engine.CI;

/// <summary>
/// Injects the build server that runs the build, for example <c>[CI] readonly GitHubActions GitHubActions;</c>; null on another one.
/// </summary>
public sealed class CIAttribute : ValueInjectionAttributeBase
{
    /// <inheritdoc />
    public override object? GetValue(MemberInfo member, object instance)
    {
        var type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        return !type.IsAssignableTo(typeof(Host))
            ? throw new ArgumentException($"[CI] is for build servers such as GitHubActions, not for {type.Name}.")
            : type.IsInstanceOfType(Build.Host) ? Build.Host : null;
    }
}
