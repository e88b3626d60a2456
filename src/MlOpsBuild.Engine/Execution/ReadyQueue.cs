namespace MlOpsBuild.Engine.Execution;

/// <summary>Gives targets out when all before them in the plan have ended, the first of the plan first.</summary>
internal sealed class ReadyQueue
{
    private readonly Dictionary<ExecutableTarget, int> _index = [];
    private readonly List<int>[] _after;
    private readonly int[] _waitsFor;
    private readonly SortedSet<ExecutableTarget> _ready;

    public ReadyQueue(IReadOnlyCollection<ExecutableTarget> plan)
    {
        foreach (var target in plan)
        {
            _index[target] = _index.Count;
        }

        _ready = new(Comparer<ExecutableTarget>.Create((one, other) => _index[one].CompareTo(_index[other])));
        _after = [.. plan.Select(_ => new List<int>())];
        _waitsFor = new int[plan.Count];
        Targets = [.. plan];
        foreach (var target in plan)
        {
            foreach (var before in target.Needs.Concat(target.Follows))
            {
                Edge(before, target);
            }

            target.Pulls.ForEach(pulled => Edge(target, pulled));
            foreach (var other in MayTakeAlong(target))
            {
                EdgeOfPlan(target, other);
            }
        }

        for (var i = 0; i < _waitsFor.Length; i++)
        {
            if (_waitsFor[i] == 0)
            {
                _ready.Add(Targets[i]);
            }
        }
    }

    public IReadOnlyList<ExecutableTarget> Targets { get; }

    public bool TryTake(out ExecutableTarget target)
    {
        target = _ready.Min!;
        return target != null && _ready.Remove(target);
    }

    /// <summary>The target has ended, or is left out.</summary>
    public void Ended(ExecutableTarget target)
    {
        foreach (var next in _after[_index[target]])
        {
            if (--_waitsFor[next] == 0)
            {
                _ready.Add(Targets[next]);
            }
        }
    }

    // What a false condition may take along is decided at the same point of the plan however many run at once.
    private static HashSet<ExecutableTarget> MayTakeAlong(ExecutableTarget target)
    {
        var found = new HashSet<ExecutableTarget>();
        if (target is { DynamicConditions.Count: > 0, DependencyBehavior: DependencyBehavior.Skip })
        {
            var open = new Stack<ExecutableTarget>([target]);
            while (open.TryPop(out var next))
            {
                foreach (var other in next.Needs.Concat(next.Pulls).Where(found.Add))
                {
                    open.Push(other);
                }
            }
        }

        found.Remove(target);
        return found;
    }

    private void EdgeOfPlan(ExecutableTarget one, ExecutableTarget other)
    {
        if (_index.TryGetValue(other, out var index) && index < _index[one])
        {
            Edge(other, one);
        }
        else
        {
            Edge(one, other);
        }
    }

    // Edges to targets outside the plan mean nothing here.
    private void Edge(ExecutableTarget before, ExecutableTarget after)
    {
        if (_index.TryGetValue(before, out var first) && _index.TryGetValue(after, out var second))
        {
            _after[first].Add(second);
            _waitsFor[second]++;
        }
    }
}
