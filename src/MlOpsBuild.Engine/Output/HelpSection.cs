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
    public static IReadOnlyList<HelpSection> Of(
        IReadOnlyCollection<ExecutableTarget> targets, IReadOnlyCollection<ParameterDeclaration> parameters)
    {
        var shown = parameters.Where(parameter => parameter.Attribute.List)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ToList();
        var groups = targets.Where(target => target.Listed).GroupBy(target => target.Member.DeclaringType!).ToList();
        var owners = shown.ToLookup(parameter => Owner(parameter, [.. groups.Select(group => group.Key)]));
        var (line, ranks) = (Line(targets), Ranks(targets));
        return
        [
            .. groups
                .OrderBy(group => group.Any(line.Contains)
                    ? group.Where(line.Contains).Min(target => ranks.GetValueOrDefault(target, int.MaxValue))
                    : int.MaxValue)
                .Select(group => new HelpSection([.. group], [.. owners[group.Key]])),
            new([], [.. owners[null]]),
        ];
    }

    // The component itself, or the only one that takes over what it declares.
    private static Type? Owner(ParameterDeclaration parameter, IReadOnlyList<Type> components) =>
        parameter.Member.DeclaringType is not { } declaring || parameter.IsBuiltIn ? null
        : components.Contains(declaring) ? declaring
        : components.Where(component => component.IsInterface && declaring.IsAssignableFrom(component)).Take(2).ToList() is [var only]
            ? only
        : null;

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

        // And all that needs any of these, however far behind.
        int before;
        do
        {
            before = line.Count;
            line.UnionWith(targets.Where(target => target.Needs.Exists(line.Contains)).ToList());
        }
        while (line.Count > before);
        return line;
    }

    // Rounds: first what needs nothing, then what needs only those, and so on. What waits in a circle, which
    // help must survive, has no rank.
    private static Dictionary<ExecutableTarget, int> Ranks(IReadOnlyCollection<ExecutableTarget> targets)
    {
        var ranks = new Dictionary<ExecutableTarget, int>();
        for (var round = 0; targets.Where(target => !ranks.ContainsKey(target) && target.Needs.TrueForAll(ranks.ContainsKey)).ToList()
            is { Count: > 0 } ready; round++)
        {
            ready.ForEach(target => ranks[target] = round);
        }

        return ranks;
    }
}
