using System.Reflection;
using MlOpsBuild.Engine.ValueInjection;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>Injects a program of the search path: <c>[PathVariable] readonly Tool Git;</c>, or the one that <c>GIT_EXE</c> names.</summary>
/// <param name="pathExecutable">Its name; the member's in lower case by default.</param>
public sealed class PathVariableAttribute(string? pathExecutable = null) : ValueInjectionAttributeBase
{
    /// <summary>The program's name; null where the member says it.</summary>
    public string? PathExecutable { get; } = pathExecutable;

    /// <inheritdoc />
    public override object? GetValue(MemberInfo member, object instance)
    {
        var name = PathExecutable ?? member.Name.ToLowerInvariant();
        return ToolResolver.TryGetEnvironmentTool(name) ?? ToolResolver.GetPathTool(name);
    }
}
