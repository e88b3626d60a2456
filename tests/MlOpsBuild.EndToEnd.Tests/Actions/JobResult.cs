using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>How a job went.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Result">success, failure or skipped.</param>
/// <param name="Steps">Its steps, in their order.</param>
/// <param name="Outputs">What it hands to jobs that need it.</param>
/// <param name="Orphans">Programs that ran when its last step was over, and were ended as a runner ends them.</param>
internal sealed record JobResult(
    string Id, string Result, IReadOnlyList<StepResult> Steps, JsonObject Outputs, IReadOnlyList<string> Orphans)
{
    /// <summary>What all steps wrote for the run's page.</summary>
    public string Summary => string.Concat(Steps.Select(step => step.Summary));

    /// <summary>What all commands printed.</summary>
    public string Output => string.Concat(Steps.Select(step => step.Output));

    /// <summary>The exit codes of the commands that ran.</summary>
    public IReadOnlyList<int> ExitCodes => [.. Steps.Select(step => step.ExitCode).OfType<int>()];

    /// <summary>A job that was left out.</summary>
    public static JobResult LeftOut(string id) => new(id, StepResult.Skipped, [], [], []);
}
