using System.Reflection;
using MlOpsBuild.Engine.Parameters;
using MlOpsBuild.Engine.ProjectModel;

namespace MlOpsBuild.Engine.ValueInjection;

/// <summary>Gives members that carry an injection attribute their values.</summary>
internal static class InjectedMembers
{
    /// <summary>
    /// Sets the members of the class, and remembers those of components, which ask for theirs; what goes wrong is told with the rest.
    /// </summary>
    public static void Set(NukeBuild build, IReadOnlyList<ParameterDeclaration> declarations, List<string> problems)
    {
        foreach (var member in BuildMembers.Of(build.GetType())
            .Where(member => member.IsDefined(typeof(ValueInjectionAttributeBase), inherit: false)))
        {
            Set(build, member, problems, () =>
            {
                var attribute = member.GetCustomAttribute<ValueInjectionAttributeBase>()!;
                attribute.Build = build;
                return attribute.GetValue(member, build);
            });
        }

        foreach (var declaration in declarations.Where(declaration => !build.Values.ContainsKey(declaration.Name)))
        {
            Set(
                build, declaration.Member, problems,
                () => declaration.Attribute is SolutionAttribute solution && solution.DefaultIn(build.Context.Root) is { } path
                    ? Solution.Read(path)
                    : null);
        }
    }

    private static void Set(NukeBuild build, MemberInfo member, List<string> problems, Func<object?> give)
    {
        try
        {
            if (give() is { } value)
            {
                build.Injected[ParameterName.Of(member)] = value;
                ParameterMember.Set(build, member, value);
            }
        }
        catch (ArgumentException problem)
        {
            problems.Add($"{member.DeclaringType!.Name}.{member.Name}: {problem.Message}");
        }
    }
}
