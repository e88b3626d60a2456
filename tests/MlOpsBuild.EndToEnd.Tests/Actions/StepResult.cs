using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>How a step went.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">success, failure or skipped, whatever was made of it.</param>
/// <param name="ExitCode">The command's exit code; null of an action and of a step that was left out.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Summary">What it wrote for the run's page.</param>
/// <param name="Outputs">What it hands on.</param>
internal sealed record StepResult(string Name, string Outcome, int? ExitCode, string Output, string Summary, JsonObject Outputs)
{
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Skipped = "skipped";

    /// <summary>A step that was left out.</summary>
    public static StepResult LeftOut(string name) => new(name, Skipped, null, "", "", []);
}
