using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>Targets that are declared together, with the parameters that only they take.</summary>
/// <param name="Targets">The targets; none for what all share.</param>
/// <param name="Parameters">Their parameters, by name.</param>
internal sealed record HelpSection(IReadOnlyList<ExecutableTarget> Targets, IReadOnlyList<ParameterDeclaration> Parameters)
{
    /// <summary>
    /// A section for each class or component that declares targets: first those on the way to and from a default target,
    /// as they run; the others as they are declared. Parameters that several components take come last.
    /// </summary>
    public static IReadOnlyList<HelpSection> Of(IReadOnlyCollection<ExecutableTarget> targets, IReadOnlyCollection<ParameterDeclaration> parameters)
    {
        var shown = parameters.Where(parameter => parameter.Attribute.List).OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        var groups = targets.Where(target => target.Listed).GroupBy(target => target.Member.DeclaringType!).ToList();
        var owners = shown.ToLookup(parameter => Owner(parameter, [.. groups.Select(group => group.Key)]));
        var line = Line(targets);
        return
        [
            .. groups.OrderBy(group => group.Any(line.Contains) ? group.Where(line.Contains).Min(Depth) : int.MaxValue)
                .Select(group => new HelpSection([.. group], [.. owners[group.Key]])),
            new([], [.. owners[null]]),
        ];
    }

    // The component itself, or the only one that takes over what it declares.
    private static Type? Owner(ParameterDeclaration parameter, IReadOnlyList<Type> components) =>
        parameter.Member.DeclaringType is not { } declaring || parameter.IsBuiltIn ? null
        : components.Contains(declaring) ? declaring
        : components.Where(component => component.IsInterface && declaring.IsAssignableFrom(component)).Take(2).ToList() is [var only] ? only : null;

    private static HashSet<ExecutableTarget> Line(IReadOnlyCollection<ExecutableTarget> targets)
    {
        var line = new HashSet<ExecutableTarget>(targets.Where(target => target.IsDefault));
        var queue = new Queue<ExecutableTarget>(line);
        while (queue.TryDequeue(out var target))
        {
            foreach (var needed in target.Needs.Where(line.Add))
            {
                queue.Enqueue(needed);
            }
        }

        while (targets.Where(target => target.Needs.Exists(line.Contains)).Where(line.Add).ToList().Count > 0)
        {
        }

        return line;
    }

    private static int Depth(ExecutableTarget target) => target.Needs.Count == 0 ? 0 : 1 + target.Needs.Max(Depth);
}
