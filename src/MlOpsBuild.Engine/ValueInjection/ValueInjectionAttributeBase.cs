using System.Reflection;

namespace MlOpsBuild.Engine.ValueInjection;

/// <summary>
/// Base of attributes that give a member of the build its value before anything runs: from the host, a file, the repository.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    /// <summary>The build whose member it is.</summary>
    public INukeBuild Build { get; internal set; } = null!;

    /// <summary>The value; null leaves the member as it is.</summary>
    /// <param name="member">The field or property.</param>
    /// <param name="instance">The build.</param>
    public abstract object? GetValue(MemberInfo member, object instance);
}
