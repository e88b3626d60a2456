using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.CI.Tests;

/// <summary>What one build says to each host, as a whole: see the files in Approved.</summary>
public sealed class HostOutputTests
{
    public static TheoryData<string, string[]> Hosts => new()
    {
        { "terminal", [] },
        { "github-actions", ["GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY={root}/summary.md"] },
        { "gitlab", ["GITLAB_CI=true"] },
        { "azure-pipelines", ["TF_BUILD=True", "AGENT_TEMPDIRECTORY={root}"] },
        { "teamcity", ["TEAMCITY_VERSION=2026.1"] },
        { "jenkins", ["JENKINS_URL=https://ci.example.org/"] },
        { "gitea-actions", ["GITHUB_ACTIONS=true", "GITEA_ACTIONS=true", "GITHUB_STEP_SUMMARY={root}/summary.md"] },
        { "bitbucket-pipelines", ["BITBUCKET_BUILD_NUMBER=31", "CI=true"] },
        { "circleci", ["CIRCLECI=true", "CI=true"] },
        { "build-server", ["CI=true"] },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Host_is_told_in_its_own_words(string name, string[] variables) =>
        (await OutputAsync(color: false, variables)).ShouldBeApproved(name);

    [Fact]
    public async Task Terminal_that_wants_colours_gets_them() => (await OutputAsync(color: true)).ShouldBeApproved("terminal-colour");

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Secret_is_told_to_no_host_but_in_the_line_that_hides_it(string name, string[] variables)
    {
        var lines = (await OutputAsync(color: false, variables))
            .Split('\n')
            .Where(line => line.Contains("hunter2", StringComparison.Ordinal));

        lines.ShouldBe(name switch
        {
            "github-actions" or "gitea-actions" => ["::add-mask::hunter2"],
            "azure-pipelines" => ["##vso[task.setsecret]hunter2"],
            _ => [],
        });
    }

    [Theory]
    [InlineData("github-actions", "::error::", "::set-output", "##[")]
    [InlineData("gitea-actions", "::error::", "::set-output", "##[")]
    [InlineData("azure-pipelines", "##vso[task.complete", "##[error]")]
    [InlineData("teamcity", "##teamcity[buildStatus")]
    [InlineData("gitlab", "section_start:1:", "section_end:1:")]
    public async Task Command_in_a_targets_output_is_harmless(string name, params string[] commands)
    {
        var variables = Hosts.Single(row => (string)row[0] == name)[1];
        var lines = (await OutputAsync(color: false, (string[])variables)).Split('\n').ToList();

        foreach (var command in commands)
        {
            lines.ShouldNotContain(line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)
                || (!command.StartsWith(':') && line.Contains(command, StringComparison.Ordinal)));
        }
    }

    private static async Task<string> OutputAsync(bool color, params string[] variables)
    {
        using var run = new TestRun { Color = color };
        run.Write("data/hours.csv", "cnt\n-1\n");
        run.Environment["MLOPS_TOKEN"] = "hunter2";
        foreach (var variable in variables.Select(variable => variable.Replace("{root}", run.Root, StringComparison.Ordinal).Split('=', 2)))
        {
            run.Environment[variable[0]] = variable[1];
        }

        (await run.RunAsync(new HostBuild(), "Report")).ShouldBe(3);
        return run.Output.Replace(run.Root, "{root}", StringComparison.Ordinal);
    }
}
