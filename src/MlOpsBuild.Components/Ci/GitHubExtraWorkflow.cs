namespace MlOpsBuild.Components.Ci;

/// <summary>A further workflow: the same targets on several machines.</summary>
internal static class GitHubExtraWorkflow
{
    public static GitHubFile Of(CiPlan plan, GeneratedJobAttribute job) => new(job.Name, [Job(plan.Settings, job)])
    {
        Branch = plan.Settings.Branch, Group = $"{job.Name}-${{{{ github.ref }}}}",
    };

    private static GitHubJob Job(GeneratedCiAttribute settings, GeneratedJobAttribute job)
    {
        var onWindows = job.Runners.Any(runner => runner.StartsWith("windows", StringComparison.Ordinal));
        var variables = job.Variables.Select(variable => variable.Split('=', 2))
            .Select(parts => GitHubValue.Of(parts[0], parts[1]))
            .ToList();
        var run = new GitHubStep { Name = job.Name, Run = $"./build.sh {job.Targets}", Environment = variables };
        return new(
            job.Name,
            [
                GitHubSteps.Checkout, GitHubSteps.SetUp,
                .. onWindows
                    ? (GitHubStep[])
                    [
                        run with { If = "runner.os != 'Windows'" },
                        new()
                        {
                            Name = $"{job.Name} on Windows", If = "runner.os == 'Windows'", Run = $".\\build.cmd {job.Targets}",
                            Environment = variables
                        }
                    ]
                    : [run],
            ]) { Matrix = job.Runners, Minutes = settings.TimeoutMinutes };
    }
}
