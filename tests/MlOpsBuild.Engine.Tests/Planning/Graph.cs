using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Engine.Planning.Tests;

/// <summary>Random targets with random edges; edge (From, To, Kind) says that From comes before To.</summary>
internal sealed record Graph(string[] Names, (int From, int To, EdgeKind Kind)[] Edges, int[] Invoked)
{
    /// <summary>Graphs whose edges all go from a lower to a higher index.</summary>
    public static Arbitrary<Graph> WithoutCycles => Of((from, to) => from < to);

    /// <summary>Graphs with any edges, self-edges included.</summary>
    public static Arbitrary<Graph> OfAnyKind => Of((_, _) => true);

    public bool HasCycle
    {
        get
        {
            var left = Enumerable.Range(0, Names.Length).ToHashSet();
            while (left.RemoveWhere(node => !Array.Exists(Edges, edge => edge.To == node && left.Contains(edge.From))) > 0)
            {
            }

            return left.Count > 0;
        }
    }

    /// <summary>Names of the invoked targets and of all they need or pull, by going round until nothing is added.</summary>
    public HashSet<string> Needed
    {
        get
        {
            var needed = Invoked.ToHashSet();
            while (Edges.Any(edge => edge.Kind == EdgeKind.Need && needed.Contains(edge.To) && needed.Add(edge.From)
                || edge.Kind == EdgeKind.Pull && needed.Contains(edge.From) && needed.Add(edge.To)))
            {
            }

            return [.. needed.Select(index => Names[index])];
        }
    }

    public bool HasEdge(string from, string to) => Array.Exists(Edges, edge => Names[edge.From] == from && Names[edge.To] == to);

    public List<ExecutableTarget> Plan()
    {
        var targets = Names.Select(name => new ExecutableTarget(name, typeof(Graph), (Target)(definition => definition))).ToList();
        foreach (var (from, to, kind) in Edges)
        {
            switch (kind)
            {
                case EdgeKind.Need:
                    targets[to].Needs.Add(targets[from]);
                    break;
                case EdgeKind.Order:
                    targets[to].Follows.Add(targets[from]);
                    break;
                default:
                    targets[from].Pulls.Add(targets[to]);
                    break;
            }
        }

        return ExecutionPlanner.Plan(targets, [.. Invoked.Select(index => targets[index])]);
    }

    public override string ToString() =>
        $"{string.Join(", ", Edges.Select(edge => $"{Names[edge.From]}-{edge.Kind}->{Names[edge.To]}"))}; invoked {string.Join(", ", Invoked.Select(index => Names[index]))} of {string.Join(", ", Names)}";

    private static Arbitrary<Graph> Of(Func<int, int, bool> allowed) => (
        from count in Gen.Choose(1, 12)
        from names in Gen.Shuffle(Enumerable.Range(0, count).Select(index => $"T{index:00}").ToArray())
        let edge = from @from in Gen.Choose(0, count - 1)
                   from to in Gen.Choose(0, count - 1)
                   from kind in Gen.Elements(EdgeKind.Need, EdgeKind.Order, EdgeKind.Pull)
                   select (@from, to, kind)
        from size in Gen.Choose(0, 2 * count)
        from edges in Gen.ArrayOf(edge, size)
        from invoked in Gen.SubListOf(Enumerable.Range(0, count).ToArray())
        select new Graph(names, [.. edges.Where(pair => allowed(pair.@from, pair.to))], [.. invoked])).ToArbitrary();
}
