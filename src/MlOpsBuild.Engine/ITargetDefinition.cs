using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace MlOpsBuild.Engine;

/// <summary>What a target may say of itself. Names, parameter types and meaning follow NUKE 10.1.</summary>
public interface ITargetDefinition
{
    /// <summary>One line for help; the last one wins.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Actions, run in order.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>An action whose result is dropped; a task it returns is awaited.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>An asynchronous action.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Targets that must run before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Targets of component <typeparamref name="T"/>; without a lambda, its only target.</summary>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>As <see cref="DependsOn{T}"/> when the build has the component, else nothing.</summary>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Targets that must run after this one.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <summary>The reverse of <see cref="DependsOn{T}"/>.</summary>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>The reverse of <see cref="TryDependsOn{T}"/>.</summary>
    ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>Condition asked just before the target would run; false skips it.</summary>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Condition asked for the whole plan before anything runs; false skips it.</summary>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Members that must have a value.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class?;

    /// <summary>Members of a value type that must have a value.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct;

    /// <summary>Conditions that must be true.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>What happens to dependencies when this target is skipped.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Order only, when both are scheduled.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Order only, when both are scheduled.</summary>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets);

    /// <summary>As <see cref="Before{T}"/> when the build has the component.</summary>
    ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets);

    /// <summary>Order only, when both are scheduled.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Order only, when both are scheduled.</summary>
    ITargetDefinition After<T>(params Func<T, Target>[] targets);

    /// <summary>As <see cref="After{T}"/> when the build has the component.</summary>
    ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets);

    /// <summary>Pulls targets into the plan, after this one.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Pulls targets into the plan, after this one.</summary>
    ITargetDefinition Triggers<T>(params Func<T, Target>[] targets);

    /// <summary>As <see cref="Triggers{T}"/> when the build has the component.</summary>
    ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets);

    /// <summary>Is pulled into the plan by these, after them.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Is pulled into the plan by these, after them.</summary>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>As <see cref="TriggeredBy{T}"/> when the build has the component.</summary>
    ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>Runs even after a failure or a stop.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Later targets run although this one failed; the build fails all the same.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Left out of help.</summary>
    ITargetDefinition Unlisted();

    /// <summary>What the class above says of the same target.</summary>
    ITargetDefinition Base();

    /// <summary>What other targets say.</summary>
    ITargetDefinition Inherit(params Target[] targets);

    /// <summary>
    /// What component <typeparamref name="T"/> says, also where its target is implemented anew; without a lambda, its only target.
    /// </summary>
    ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets);

    /// <summary>Paths or patterns of files the target leaves; for generated CI and <c>--plan</c>.</summary>
    ITargetDefinition Produces(params string[] artifacts);

    /// <summary>Uses what these produce; runs after them when both are scheduled.</summary>
    ITargetDefinition Consumes(params Target[] targets);

    /// <summary>Uses what these produce; runs after them when both are scheduled.</summary>
    [OverloadResolutionPriority(1)]
    ITargetDefinition Consumes<T>(params Func<T, Target>[] targets);

    /// <summary>Uses some of what <paramref name="target"/> produces.</summary>
    ITargetDefinition Consumes(Target target, params string[] artifacts);

    /// <summary>Uses some of what <paramref name="target"/> produces.</summary>
    ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts);

    /// <summary>Uses some of what the only target of <typeparamref name="T"/> produces.</summary>
    ITargetDefinition Consumes<T>(params string[] artifacts);

    /// <summary>Runs between <see cref="Setup"/> and <see cref="Cleanup"/> of component <typeparamref name="T"/>.</summary>
    ITargetDefinition DependsOnContext<T>() where T : INukeBuild;

    /// <summary>The work is cut into <paramref name="size"/> parts (more than 1) that agents share with <c>--partition i/n</c>.</summary>
    ITargetDefinition Partition(int size);
}
