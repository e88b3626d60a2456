using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Engine.Planning.Tests;

public sealed class ExecutionPlannerPropertyTests
{
    [Fact]
    public void Order_respects_every_edge_between_planned_targets() => Prop.ForAll(Graph.WithoutCycles, graph =>
    {
        var order = Names(graph.Plan());
        return Array.TrueForAll(graph.Edges, edge =>
        {
            var (before, after) = (order.IndexOf(graph.Names[edge.From]), order.IndexOf(graph.Names[edge.To]));
            return before < 0 || after < 0 || before < after;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_is_exactly_what_is_needed_and_nothing_twice() => Prop.ForAll(Graph.WithoutCycles, graph =>
    {
        var order = Names(graph.Plan());
        return order.Count == order.Distinct().Count() && graph.Needed.SetEquals(order);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_is_the_same_every_time() =>
        Prop.ForAll(Graph.WithoutCycles, graph => Names(graph.Plan()).SequenceEqual(Names(graph.Plan()))).QuickCheckThrowOnFailure();

    [Fact]
    public void Cycle_anywhere_is_found_and_nothing_else_is_called_one() =>
        Prop.ForAll(Graph.OfAnyKind, graph => CyclePath(graph) == null == !graph.HasCycle).QuickCheckThrowOnFailure();

    [Fact]
    public void Cycle_message_is_a_closed_path_of_real_edges() => Prop.ForAll(Graph.OfAnyKind, graph =>
    {
        var path = CyclePath(graph);
        return path == null
            || (path.Length > 1 && path[0] == path[^1] && path.Zip(path.Skip(1)).All(step => graph.HasEdge(step.Second, step.First)));
    }).QuickCheckThrowOnFailure();

    private static List<string> Names(IEnumerable<ExecutableTarget> plan) => [.. plan.Select(target => target.Name)];

    private static string[]? CyclePath(Graph graph)
    {
        try
        {
            graph.Plan();
            return null;
        }
        catch (InvalidOperationException cycle)
        {
            return cycle.Message.Split(": ")[1].Split(". ")[0].Split(" -> ");
        }
    }
}
