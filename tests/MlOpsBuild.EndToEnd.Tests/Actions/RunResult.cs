namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>How a run of a workflow went.</summary>
/// <param name="Id">Its number on the host; artifacts are kept under it.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Happened">What started it.</param>
/// <param name="Jobs">Its jobs in the order they were decided; none when the event does not start the workflow.</param>
internal sealed record RunResult(long Id, string Workflow, ActionsEvent Happened, IReadOnlyList<JobResult> Jobs)
{
    /// <summary>The jobs that ran.</summary>
    public IReadOnlyList<string> Ran => [.. Jobs.Where(job => job.Result != StepResult.Skipped).Select(job => job.Id)];

    /// <summary>As the host says it of the whole run.</summary>
    public string Conclusion =>
        Jobs.Any(job => job.Result == StepResult.Failure) ? StepResult.Failure : Ran.Count > 0 ? StepResult.Success : StepResult.Skipped;

    /// <summary>One job.</summary>
    public JobResult this[string job] => Jobs.Single(each => each.Id == job);
}
