using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI;

/// <summary>Gitea Actions and Forgejo Actions: they read GitHub's commands, and have no place for a summary.</summary>
internal sealed class GiteaActions(IReadOnlyDictionary<string, string> environment) : Host(environment), IBuildServer
{
    public override string DisplayName => "Gitea Actions";

    string IBuildServer.Branch => Variable("GITHUB_HEAD_REF") is { Length: > 0 } source ? source : Variable("GITHUB_REF_NAME");

    string IBuildServer.Commit => Variable("GITHUB_SHA");

    internal override bool FoldsSections => true;

    internal override void OpenSection(HostWriter voice, string name) => voice.Command(WorkflowCommands.OpenSection(name));

    internal override void CloseSection(HostWriter voice, string name) => voice.Command(WorkflowCommands.CloseSection);

    internal override void Annotate(HostWriter voice, string target, string message, SourceLocation? at) =>
        voice.Command(WorkflowCommands.Error(target, message, at));

    internal override string? MaskLine(string secret) => WorkflowCommands.Mask(secret);

    internal override string Guard(string line) => WorkflowCommands.Guard(line);
}
