namespace MlOpsBuild.Components.Ci;

/// <summary>A further workflow: the same targets on several machines.</summary>
internal static class GitHubExtraWorkflow
{
    public static string Text(CiPlan plan, GeneratedJobAttribute job) => string.Concat(
        $$$"""
        name: {{{job.Name}}}

        on:
          pull_request:
          push:
            branches: [{{{Yaml.Quoted(plan.Settings.Branch)}}}]

        concurrency:
          group: {{{job.Name}}}-${{ github.ref }}
          cancel-in-progress: ${{ github.event_name == 'pull_request' }}

        permissions:
          contents: read

        jobs:
          {{{job.Name}}}:
            strategy:
              fail-fast: false
              matrix:
                os: [{{{string.Join(", ", job.Runners.Select(Yaml.Quoted))}}}]
            runs-on: ${{ matrix.os }}
            timeout-minutes: {{{plan.Settings.TimeoutMinutes}}}
            steps:

        """,
        GitHubSteps.Checkout,
        GitHubSteps.SetUp,
        GitHubSteps.Run(job.Name, $"./build.sh {job.Targets}", Variables(job), OnWindows(job) ? "runner.os != 'Windows'" : null),
        OnWindows(job) ? GitHubSteps.Run($"{job.Name} on Windows", $".\\build.cmd {job.Targets}", Variables(job), "runner.os == 'Windows'") : "");

    private static bool OnWindows(GeneratedJobAttribute job) => job.Runners.Any(runner => runner.StartsWith("windows", StringComparison.Ordinal));

    private static IEnumerable<(string, string)> Variables(GeneratedJobAttribute job) =>
        job.Variables.Select(variable => variable.Split('=', 2)).Select(parts => (parts[0], Yaml.Quoted(parts[1])));
}
