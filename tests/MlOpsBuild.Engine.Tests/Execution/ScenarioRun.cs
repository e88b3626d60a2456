using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary>A scenario that was run with some workers, and what came of it.</summary>
internal sealed record ScenarioRun(
    IReadOnlyList<ExecutableTarget> Plan, IReadOnlyList<(string Name, bool Begins)> Events, string Output, int ExitCode)
{
    /// <summary>Names of targets that ran, in the order in which they began.</summary>
    public List<string> Began => [.. Events.Where(happened => happened.Begins).Select(happened => happened.Name)];

    public int MostAtOnce
    {
        get
        {
            var (now, most) = (0, 0);
            foreach (var (_, begins) in Events)
            {
                now += begins ? 1 : -1;
                most = Math.Max(most, now);
            }

            return most;
        }
    }

    public static ScenarioRun Of(Scenario scenario, int workers)
    {
        using var run = new TestRun();
        var build = new ScenarioBuild(scenario);
        string[] invoked = [.. scenario.Graph.Invoked.Select(index => scenario.Graph.Names[index]).DefaultIfEmpty(scenario.Graph.Names[0])];
        var code = run.RunAsync(build, [.. invoked, "--parallel", workers.ToString()]).GetAwaiter().GetResult();
        return new([.. build.ExecutionPlan], build.Events, run.Output, code);
    }

    public ExecutionStatus StatusOf(string name) => Plan.Single(target => target.Name == name).Status;

    /// <summary>Where the event is among all; negative when it did not happen.</summary>
    public int IndexOf(string name, bool begins) => Events.ToList().IndexOf((name, begins));
}
