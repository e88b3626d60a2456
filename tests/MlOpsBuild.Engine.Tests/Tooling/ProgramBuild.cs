using MlOpsBuild.Engine.Logging;

namespace MlOpsBuild.Engine.Tooling.Tests;

/// <summary>A build whose targets start programs.</summary>
internal sealed class ProgramBuild : NukeBuild
{
    [PathVariable]
    private Tool Printf { get; } = null!;

    [Parameter]
    private string Value { get; } = "";

    public Target Echo => _ => _.Executes(() =>
    {
        var lines = Printf($"\"%s|%s\\n\" {"two words"} {"one"}");
        Log.Information("{Count} line: {Type} {Text}", lines.Count, lines.First().Type, lines.First().Text);
    });

    public Target Quote => _ => _.Executes(() =>
    {
        Printf($"[%s] {Value} {""}", logInvocation: false);
        Printf($"[%s] \"x={Value}\" {"y":nq}", logInvocation: false);
    });

    public Target Hide => _ => _.Executes(() => Printf($"%s {Value:r}"));

    public Target Fail =>
        _ => _.Executes(() => ProcessTasks.StartProcess("sh", "-c \"echo the reason; exit 7\"", logOutput: false).AssertZeroExitCode());

    public Target Hang => _ => _.Executes(() => ProcessTasks.StartProcess("sleep", "600", timeout: 1).AssertZeroExitCode());

    public Target Missing => _ => _.Executes(() => ProcessTasks.StartProcess("no-such-program"));

    public Target See => _ => _.Executes(() => Log.Information("seen: {Text}", ProcessTasks.StartProcess(
        "env", environmentVariables: new Dictionary<string, string> { ["ONLY"] = "this" }, logOutput: false)
            .AssertZeroExitCode()
            .Output.StdToText()));

    public Target Named => _ => _.Executes(() => Printf("said"));
}
