using System.Linq.Expressions;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Definition;

/// <summary>Collects what one target says; references are resolved against the catalog when it is read.</summary>
internal sealed partial class TargetDefinition(NukeBuild build, TargetCatalog catalog, ExecutableTarget target) : ITargetDefinition
{
    public ExecutableTarget Target => target;

    public ITargetDefinition Description(string description) => With(() => target.Description = description);

    public ITargetDefinition Executes(params Action[] actions) => With(() =>
        target.Actions.AddRange(actions.Select(action => (Func<Task>)(() =>
        {
            action();
            return Task.CompletedTask;
        }))));

    public ITargetDefinition Executes<T>(Func<T> action) => With(() => target.Actions.Add(() => ActionResult.Awaited(action())));

    public ITargetDefinition Executes(Func<Task> action) => With(() => target.Actions.Add(action));

    public ITargetDefinition DependsOn(params Target[] targets) => With(() => target.Needs.AddRange(Resolve(targets)));

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => DependsOn(Of(targets));

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => Has<T>() ? DependsOn(targets) : this;

    public ITargetDefinition DependentFor(params Target[] targets) => With(() => Each(targets, other => other.Needs.Add(target)));

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) => DependentFor(Of(targets));

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) => Has<T>() ? DependentFor(targets) : this;

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null) =>
        With(() => target.DynamicConditions.Add(new(condition, conditionExpression ?? "")));

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? conditionExpression = null) =>
        With(() => target.StaticConditions.Add(new(condition, conditionExpression ?? "")));

    public ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class? =>
        RequiresValue([parameterRequirement, .. parameterRequirements]);

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct =>
        RequiresValue([parameterRequirement, .. parameterRequirements]);

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) => With(() =>
    {
        foreach (var condition in (Expression<Func<bool>>[])[requirement, .. requirements])
        {
            target.Requirements.Add(new(condition.Compile(preferInterpretation: true), $"requires {condition.Body}"));
        }
    });

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) =>
        With(() => target.DependencyBehavior = dependencyBehavior);

    public ITargetDefinition Before(params Target[] targets) => With(() => Each(targets, other => other.Follows.Add(target)));

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Before(Of(targets));

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => Has<T>() ? Before(targets) : this;

    public ITargetDefinition After(params Target[] targets) => With(() => target.Follows.AddRange(Resolve(targets)));

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => After(Of(targets));

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => Has<T>() ? After(targets) : this;

    public ITargetDefinition Triggers(params Target[] targets) => With(() => target.Pulls.AddRange(Resolve(targets)));

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) => Triggers(Of(targets));

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) => Has<T>() ? Triggers(targets) : this;

    public ITargetDefinition TriggeredBy(params Target[] targets) => With(() => Each(targets, other => other.Pulls.Add(target)));

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => TriggeredBy(Of(targets));

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) => Has<T>() ? TriggeredBy(targets) : this;

    public ITargetDefinition AssuredAfterFailure() => With(() => target.AssuredAfterFailure = true);

    public ITargetDefinition ProceedAfterFailure() => With(() => target.ProceedAfterFailure = true);

    public ITargetDefinition Unlisted() => With(() => target.Listed = false);

    private TargetDefinition RequiresValue(IEnumerable<LambdaExpression> members) => (TargetDefinition)With(() =>
    {
        foreach (var member in members)
        {
            var name = Parameters.ParameterName.Of(MemberOf(member));

            // Of most targets nothing is asked in a run.
            var read = new Lazy<Func<object?>>(() => Expression.Lambda<Func<object?>>(Expression.Convert(member.Body, typeof(object)))
                .Compile(preferInterpretation: true));
            target.Requirements.Add(new(
                () => read.Value() switch { null => false, string text => !string.IsNullOrWhiteSpace(text), _ => true },
                $"needs --{name}"));
        }
    });

    private static System.Reflection.MemberInfo MemberOf(LambdaExpression expression) =>
        (expression.Body as MemberExpression ?? (expression.Body as UnaryExpression)?.Operand as MemberExpression)?.Member
        ?? throw new InvalidOperationException($"'{expression}' must name a parameter.");

    private TargetDefinition With(Action change)
    {
        change();
        return this;
    }

    private bool Has<T>() => build is T;

    private T Component<T>() => build is T component
        ? component
        : throw new InvalidOperationException(
            $"Target '{target.Name}' refers to {typeof(T).Name}, which build '{build.GetType().Name}' does not implement. Add it, or use the Try… form.");

    private Target[] Of<T>(Func<T, Target>[] targets)
    {
        var component = Component<T>();
        return targets.Length > 0
            ? [.. targets.Select(select => select(component))]
            : [(Target)TargetCatalog.OnlyTargetOf(typeof(T)).GetValue(build)!];
    }

    private IEnumerable<ExecutableTarget> Resolve(Target[] targets) => targets.Select(other => catalog.Resolve(other, target));

    private void Each(Target[] targets, Action<ExecutableTarget> change)
    {
        foreach (var other in Resolve(targets))
        {
            change(other);
        }
    }
}
