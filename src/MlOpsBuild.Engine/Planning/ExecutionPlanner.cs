using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Planning;

/// <summary>
/// Decides what runs and in which order: dependencies first, in the order they are declared; invoked targets in the
/// order given; order-only edges hold between scheduled targets; triggered targets come after what pulls them.
/// </summary>
internal static class ExecutionPlanner
{
    /// <summary>The plan for <paramref name="invoked"/>; throws when any targets of the build form a cycle.</summary>
    public static List<ExecutableTarget> Plan(IReadOnlyCollection<ExecutableTarget> all, IReadOnlyCollection<ExecutableTarget> invoked)
    {
        var predecessors = all.ToDictionary(target => target, _ => new List<ExecutableTarget>());
        foreach (var target in all)
        {
            predecessors[target].AddRange(target.Needs);
            predecessors[target].AddRange(target.Follows);
            target.Pulls.ForEach(pulled => predecessors[pulled].Add(target));
        }

        Order(all, predecessors, all.ToHashSet());
        return Order(invoked, predecessors, Closure(invoked));
    }

    /// <summary>Why each target is in the plan: named, needed by, or triggered by.</summary>
    public static string Reason(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan)
    {
        if (target.Invoked)
        {
            return "named";
        }

        var needing = plan.Where(other => other.Needs.Contains(target)).Select(other => other.Name).ToList();
        return needing.Count > 0
            ? $"needed by {string.Join(", ", needing)}"
            : $"triggered by {string.Join(", ", plan.Where(other => other.Pulls.Contains(target)).Select(other => other.Name))}";
    }

    private static HashSet<ExecutableTarget> Closure(IEnumerable<ExecutableTarget> invoked)
    {
        var wanted = new HashSet<ExecutableTarget>();
        var open = new Stack<ExecutableTarget>(invoked);
        while (open.TryPop(out var target))
        {
            if (wanted.Add(target))
            {
                target.Needs.ForEach(open.Push);
                target.Pulls.ForEach(open.Push);
            }
        }

        return wanted;
    }

    // Depth-first, so that the order is stable and a cycle is met as the path that closes it; own stack, so that depth is no limit.
    private static List<ExecutableTarget> Order(
        IEnumerable<ExecutableTarget> roots, Dictionary<ExecutableTarget, List<ExecutableTarget>> predecessors,
        HashSet<ExecutableTarget> wanted)
    {
        var ordered = new List<ExecutableTarget>();
        var done = new HashSet<ExecutableTarget>();
        var onPath = new HashSet<ExecutableTarget>();
        var path = new Stack<Step>();
        foreach (var root in roots.Concat(wanted.OrderBy(target => target.Name, StringComparer.Ordinal)))
        {
            Enter(root);
            while (path.TryPop(out var frame))
            {
                var before = predecessors[frame.Target];
                if (frame.Next < before.Count)
                {
                    path.Push(frame);
                    Enter(before[frame.Next++]);
                }
                else
                {
                    onPath.Remove(frame.Target);
                    done.Add(frame.Target);
                    ordered.Add(frame.Target);
                }
            }
        }

        return ordered;

        void Enter(ExecutableTarget target)
        {
            if (onPath.Contains(target))
            {
                var names = path.Select(frame => frame.Target.Name).Reverse().SkipWhile(name => name != target.Name);
                throw new InvalidOperationException(
                    $"Targets form a cycle: {string.Join(" -> ", names.Append(target.Name))}. Remove one of these dependencies.");
            }

            if (wanted.Contains(target) && !done.Contains(target))
            {
                onPath.Add(target);
                path.Push(new(target));
            }
        }
    }

    private sealed class Step(ExecutableTarget target)
    {
        public ExecutableTarget Target { get; } = target;

        /// <summary>Which of those before it comes next.</summary>
        public int Next { get; set; }
    }
}
