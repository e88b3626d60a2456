using System.Collections.Concurrent;
using MlOpsBuild.Engine.Planning.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary>A build whose targets do what a scenario says, and note when they begin and end.</summary>
internal sealed class ScenarioBuild(Scenario scenario) : NukeBuild
{
    private readonly ConcurrentQueue<(string Name, bool Begins)> _events = [];

    /// <summary>Begins and ends in the order in which they happened.</summary>
    public IReadOnlyList<(string Name, bool Begins)> Events => [.. _events];

    public Target T00 => _ => Define(_, "T00");

    public Target T01 => _ => Define(_, "T01");

    public Target T02 => _ => Define(_, "T02");

    public Target T03 => _ => Define(_, "T03");

    public Target T04 => _ => Define(_, "T04");

    public Target T05 => _ => Define(_, "T05");

    public Target T06 => _ => Define(_, "T06");

    public Target T07 => _ => Define(_, "T07");

    public Target T08 => _ => Define(_, "T08");

    public Target T09 => _ => Define(_, "T09");

    public Target T10 => _ => Define(_, "T10");

    public Target T11 => _ => Define(_, "T11");

    private ITargetDefinition Define(ITargetDefinition definition, string name)
    {
        if (!scenario.Graph.Names.Contains(name))
        {
            return definition;
        }

        foreach (var (from, _, kind) in scenario.Graph.Edges.Where(edge => scenario.Graph.Names[edge.To] == name))
        {
            var before = TargetOf(scenario.Graph.Names[from]);
            definition = kind switch
            {
                EdgeKind.Need => definition.DependsOn(before),
                EdgeKind.Order => definition.After(before),
                _ => definition.TriggeredBy(before),
            };
        }

        return Behave(definition, name);
    }

    private ITargetDefinition Behave(ITargetDefinition definition, string name) => definition
        .Apply(scenario.Has(name, TargetTraits.Assured), own => own.AssuredAfterFailure())
        .Apply(scenario.Has(name, TargetTraits.Proceeds), own => own.ProceedAfterFailure())
        .Apply(scenario.Has(name, TargetTraits.StaticallyOut), own => own.OnlyWhenStatic(() => false, "static"))
        .Apply(scenario.Has(name, TargetTraits.DynamicallyOut), own => own.OnlyWhenDynamic(() => false, "dynamic"))
        .Apply(scenario.Has(name, TargetTraits.KeepsDependencies), own => own.WhenSkipped(DependencyBehavior.Execute))
        .Apply(!scenario.Has(name, TargetTraits.Collective), own => own.Executes(() => ActAsync(name)));

    // Gives its thread up between lines: others get in between, if they may.
    private async Task ActAsync(string name)
    {
        _events.Enqueue((name, true));
        for (var line = 0; line < 3; line++)
        {
            Context.Console.Line($"{name} says {line}");
            await Task.Yield();
        }

        _events.Enqueue((name, false));
        if (scenario.Has(name, TargetTraits.Fails))
        {
            ExitCode = 1;
            throw new IOException($"{name} breaks");
        }
    }

    private Target TargetOf(string name) => (Target)GetType().GetProperty(name)!.GetValue(this)!;
}
