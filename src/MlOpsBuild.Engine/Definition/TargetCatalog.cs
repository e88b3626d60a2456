using System.Reflection;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Definition;

/// <summary>All targets of a build class and its components, in declaration order (class first, then interfaces).</summary>
internal sealed class TargetCatalog
{
    private readonly Dictionary<Delegate, ExecutableTarget> _byFactory = new(new ByMethod());

    private TargetCatalog(NukeBuild build) => Build = build;

    public NukeBuild Build { get; }

    public List<ExecutableTarget> Targets { get; } = [];

    /// <summary>Reads every target of <paramref name="build"/>.</summary>
    /// <exception cref="InvalidOperationException">A target says what cannot be; the message has all of them.</exception>
    public static TargetCatalog Of(NukeBuild build)
    {
        var catalog = new TargetCatalog(build);
        foreach (var property in TargetMembers.Of(build.GetType()))
        {
            var factory = (Delegate)property.GetValue(build)!;
            var target = new ExecutableTarget(TargetMembers.NameOf(property), property, factory);
            if (!catalog._byFactory.TryAdd(factory, target))
            {
                continue; // two names for one delegate
            }

            catalog.Targets.Add(target);
        }

        var problems = new List<string>();
        foreach (var target in catalog.Targets)
        {
            try
            {
                catalog.Define(target);
            }
            catch (InvalidOperationException problem)
            {
                problems.Add(problem.Message);
            }
            catch (Exception problem)
            {
                problems.Add($"Target '{target.Name}' cannot be read: {problem.Message.ReplaceLineEndings(" ")}");
            }
        }

        return problems.Count == 0 ? catalog : throw new InvalidOperationException(string.Join('\n', problems));
    }

    /// <summary>The target that the delegate stands for. A delegate is equal to another when method and closure are.</summary>
    public ExecutableTarget Resolve(Delegate factory, ExecutableTarget user) => _byFactory.TryGetValue(factory, out var target)
        ? target
        : throw new InvalidOperationException(
            $"Target '{user.Name}' refers to a target that is not a property of the build. A target's lambda must capture only 'this', not a local variable.");

    public ExecutableTarget? Find(string name) =>
        Targets.FirstOrDefault(target => string.Equals(
            target.Name, name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    /// <summary>The only target that <paramref name="component"/> itself declares.</summary>
    public static PropertyInfo OnlyTargetOf(Type component)
    {
        var own = TargetMembers.Declared<Target>(component);
        return own.Count == 1
            ? own[0]
            : throw new InvalidOperationException($"{component.Name} declares {own.Count} targets; name the one that is meant.");
    }

    /// <summary>Setups or cleanups that <paramref name="component"/> declares, as the build has them.</summary>
    public IEnumerable<TDelegate> Members<TDelegate>(Type component) where TDelegate : Delegate =>
        TargetMembers.Declared<TDelegate>(component).Select(property => (TDelegate)property.GetValue(Build)!);

    /// <summary>The classes' declarations of a target, the build's own first.</summary>
    public IReadOnlyList<PropertyInfo> ImplementationsOf(string name) =>
        TargetMembers.OfClasses(Build.GetType()).Where(property => TargetMembers.NameOf(property) == name).ToList();

    private void Define(ExecutableTarget target)
    {
        var definition = new TargetDefinition(Build, this, target);
        switch (target.Factory)
        {
            case Setup setup:
                target.Listed = false;
                setup(definition);
                break;
            case Cleanup cleanup:
                target.Listed = false;
                cleanup(definition);
                break;
            case Target own:
                own(definition);
                break;
        }
    }
}
