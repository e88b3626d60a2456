using MlOpsBuild.Engine.CI;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Planning;

/// <summary>Switches, static conditions and requirements: what is left out, and what is missing, before anything runs.</summary>
internal static class PlanConditions
{
    public static void Apply(IReadOnlyCollection<ExecutableTarget> plan, IReadOnlyCollection<ExecutableTarget> skipped)
    {
        foreach (var target in plan)
        {
            target.Status = ExecutionStatus.Scheduled;
        }

        // Dependants first, so that a skipped target takes along what only it needed.
        foreach (var target in plan.Reverse())
        {
            var failed = target.StaticConditions.FirstOrDefault(condition => !condition.Holds())?.Text;
            var reason = !target.Invoked && skipped.Contains(target) ? "--skip" : failed;
            if (reason != null && target.Status == ExecutionStatus.Scheduled)
            {
                Skip(target, reason, plan);
            }
        }
    }

    public static IEnumerable<string> UnmetRequirements(IReadOnlyCollection<ExecutableTarget> plan) =>
        plan.Where(target => target.Status == ExecutionStatus.Scheduled)
            .SelectMany(target => target.Requirements.Where(requirement => !requirement.Holds())
                .Select(requirement => $"Target {target.Name} {requirement.Text}."));

    public static IEnumerable<string> WrongPartitions(IReadOnlyCollection<ExecutableTarget> plan, Partition partition) =>
        from target in plan
        where target.Status == ExecutionStatus.Scheduled && target.PartitionSize is { } size && partition.Total != 1
            && partition.Total != size
        select $"Target {target.Name} is cut into {target.PartitionSize} parts; --partition {partition} names {partition.Total}.";

    /// <summary>Leaves the target out, and what only it asks for; gives all of them.</summary>
    public static IReadOnlyList<ExecutableTarget> Skip(ExecutableTarget target, string reason, IReadOnlyCollection<ExecutableTarget> plan)
    {
        var skipped = new List<ExecutableTarget>();
        Skip(target, reason, plan, skipped);
        return skipped;
    }

    private static void Skip(
        ExecutableTarget target, string reason, IReadOnlyCollection<ExecutableTarget> plan, List<ExecutableTarget> skipped)
    {
        skipped.Add(target);
        target.Status = ExecutionStatus.Skipped;
        target.Skipped = reason;
        if (target.DependencyBehavior == DependencyBehavior.Execute)
        {
            return;
        }

        foreach (var needed in target.Needs.Concat(target.Pulls)
            .Where(other => other is { Status: ExecutionStatus.Scheduled, Invoked: false }))
        {
            if (!plan.Any(other => StillAsks(other) && (other.Needs.Contains(needed) || other.Pulls.Contains(needed))))
            {
                Skip(needed, $"because of {target.Name}", plan, skipped);
            }
        }
    }

    // A target that is left out and lets its dependencies run still asks for them; so does one that has run.
    private static bool StillAsks(ExecutableTarget target) => target.Status switch
    {
        ExecutionStatus.Skipped => target.DependencyBehavior == DependencyBehavior.Execute,
        ExecutionStatus.Scheduled or ExecutionStatus.Running or ExecutionStatus.Succeeded or ExecutionStatus.Collective => true,
        _ => false,
    };
}
