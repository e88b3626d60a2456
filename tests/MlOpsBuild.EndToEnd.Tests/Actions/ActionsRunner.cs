using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>
/// Runs a workflow file for an event as GitHub does: its conditions, its order, its commands with the variables and the token of a job, and
/// the few actions our files use. What it does not know is a failure.
/// </summary>
internal sealed class ActionsRunner(ActionsHost host)
{
    private const long FirstRun = 9001;
    private int _runs;

    /// <summary>Runs the jobs of a workflow that an event starts.</summary>
    /// <param name="text">The file.</param>
    /// <param name="happened">The event.</param>
    /// <param name="machine">A machine for a job.</param>
    public async Task<RunResult> RunAsync(string text, ActionsEvent happened, Func<WorkflowJob, Task<ActionsMachine>> machine)
    {
        var workflow = Workflow.Read(text);
        var number = ++_runs;
        var result = new RunResult(FirstRun + number, workflow.Name, happened, []);
        if (!EventFilter.Starts(workflow, happened))
        {
            return result;
        }

        var jobs = new List<JobResult>();
        var inputs = EventFilter.Inputs(workflow, happened);
        foreach (var job in InOrder(workflow.Jobs))
        {
            var needed = jobs.Where(done => job.Needs.Contains(done.Id)).ToList();
            var rights = new ActionsToken(job.Permissions ?? workflow.Permissions, happened.FromFork);
            var contexts = new ActionsContexts(host, workflow, happened, job, result.Id, number, rights, inputs, needed);
            jobs.Add(Expression.Holds(job.Condition, contexts.OfJob())
                ? await new JobRun(host, contexts, job, await machine(job)).RunAsync()
                : JobResult.LeftOut(job.Id));
        }

        return result with { Jobs = jobs };
    }

    // Each job after those it needs, otherwise as the file has them.
    private static List<WorkflowJob> InOrder(IReadOnlyList<WorkflowJob> jobs)
    {
        var order = new List<WorkflowJob>();
        while (order.Count < jobs.Count)
        {
            order.Add(jobs.FirstOrDefault(job => !order.Contains(job) && job.Needs.All(need => order.Any(done => done.Id == need)))
                ?? throw new FormatException(
                    $"{string.Join(", ", jobs.Except(order).Select(job => job.Id))}: a needed job does not exist, or they need each other"));
        }

        return order;
    }
}
