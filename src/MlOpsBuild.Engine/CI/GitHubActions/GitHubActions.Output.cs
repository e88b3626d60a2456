using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI.GitHubActions;

/// <summary>How one speaks to GitHub Actions: workflow commands.</summary>
public sealed partial class GitHubActions
{
    internal override bool FoldsSections => true;

    internal override void OpenSection(HostWriter voice, string name) => voice.Command(WorkflowCommands.OpenSection(name));

    internal override void CloseSection(HostWriter voice, string name) => voice.Command(WorkflowCommands.CloseSection);

    internal override void Annotate(HostWriter voice, string target, string message, SourceLocation? at) =>
        voice.Command(WorkflowCommands.Error(target, message, at));

    internal override string? MaskLine(string secret) => WorkflowCommands.Mask(secret);

    internal override string Guard(string line) => WorkflowCommands.Guard(line);

    internal override bool ShowsSummaries => true;

    internal override void Summarise(HostWriter voice, string markdown) => voice.Append(StepSummaryFile, markdown);
}
