using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI.TeamCity;

/// <summary>TeamCity, by its environment. A value that is not set is empty.</summary>
public sealed class TeamCity : Host, IBuildServer
{
    internal TeamCity(IReadOnlyDictionary<string, string> environment) : base(environment)
    {
    }

    /// <summary>The host of the running build; null elsewhere.</summary>
    public static TeamCity? Instance => RunState.CurrentOrNone?.Host as TeamCity;

    /// <inheritdoc />
    public override string DisplayName => "TeamCity";

    /// <summary>The build's number for people.</summary>
    public string BuildNumber => Variable("BUILD_NUMBER");

    /// <summary>The commit being built.</summary>
    public string BuildVcsNumber => Variable("BUILD_VCS_NUMBER");

    /// <summary>The project.</summary>
    public string ProjectName => Variable("TEAMCITY_PROJECT_NAME");

    /// <summary>The server's version.</summary>
    public string Version => Variable("TEAMCITY_VERSION");

    string IBuildServer.Branch => Variable("TEAMCITY_BUILD_BRANCH");

    string IBuildServer.Commit => BuildVcsNumber;

    internal override bool FoldsSections => true;

    internal override void OpenSection(HostWriter voice, string name) => voice.Command($"##teamcity[blockOpened name='{Escaped(name)}']");

    internal override void CloseSection(HostWriter voice, string name) => voice.Command($"##teamcity[blockClosed name='{Escaped(name)}']");

    internal override void Annotate(HostWriter voice, string target, string message, SourceLocation? at) =>
        voice.Command($"##teamcity[buildProblem description='{Escaped($"{target}: {message}")}']");

    internal override string Guard(string line) => line.Replace("##teamcity[", "## teamcity[", StringComparison.Ordinal);

    // The host's escape is a bar; letters outside ASCII are written as their code.
    private static string Escaped(string text) => string.Concat(text.Select(letter => letter switch
    {
        '|' or '\'' or '[' or ']' => $"|{letter}",
        '\n' => "|n",
        '\r' => "|r",
        > '\x7e' => $"|0x{(int)letter:x4}",
        _ => letter.ToString(),
    }));
}
