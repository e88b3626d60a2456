using System.Globalization;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Components.Ci;

/// <summary>A build as a pipeline of Azure Pipelines. The report reaches a pull request by the build's own token.</summary>
internal static class AzurePipeline
{
    public const string Path = "azure-pipelines.yml";

    private const string IsOfRequest = "eq(variables['Build.Reason'], 'PullRequest')";
    private const string Schedule = "variables['Build.CronSchedule.DisplayName']";
    private static readonly string[] HostedImages = ["ubuntu-", "windows-", "macos-"];
    private static readonly string Template = EmbeddedText.Read(typeof(AzurePipeline).Assembly, "azure-pipelines.yml.sbn");

    public static string Text(CiPlan plan) => new ScribanRenderer(TextFormat.Yaml).Render(Template, new
    {
        plan.Settings, plan.PinsSdk, Manual = CiServers.Manual(plan),
        Jobs = plan.Jobs.Select(job => new
        {
            job.Name, Id = IdOf(job.Name), Needs = job.Needs is { } before ? IdOf(before) : null, TakesOver = job.Needs, job.HandsOver,
            job.Reports, Writes = !job.IsOfRequest, Command = CiServers.CommandOf(plan, job), Condition = Condition(plan, job),
            Pool = PoolOf(RunnerOf(plan, job)), Image = ImageOf(RunnerOf(plan, job)),
            Container = job.Delivers ? null : plan.Settings.Container,
            Secret = job.IsOfRequest ? null : plan.Settings.SigningSecret,
            job.Input, Variable = job.Input == null ? null : job.Variable, Parameter = job.Input == null ? null : IdOf(job.Input),
            Switches = CiServers.SwitchesOf(plan, job),
            Pipelines = plan.PipelinesOf(job)
                .Select((name, place) => new { Id = MatrixIdOf(name, place), Name = name })
                .ToList(),
            Each = plan.IsSpread(job) ? "$(MLOPS_PIPELINE)-" : "",
        }).ToList(),
        Report = plan.Collected is not { } collected ? null : new
        {
            Needs = IdOf(collected.Name), collected.Name,
            Condition = Condition(plan, collected with { When = CiTrigger.Request }, "succeededOrFailed()"),
            CiPlan.Incoming, Command = CiPlan.ReportCommand, Pool = PoolOf(plan.Settings.Runner), Image = ImageOf(plan.Settings.Runner),
        },
        Inputs = CiServers.Manual(plan).Select(job => new { Id = IdOf(job.Input!), job.Name }).ToList(),
    });

    private static string? RunnerOf(CiPlan plan, CiJob job) => job.Delivers ? plan.Settings.DeliveryRunner : plan.Settings.Runner;

    // Names of jobs that are made of one begin with a letter and are one word.
    private static string MatrixIdOf(string name, int place) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && char.IsAsciiLetter(name[0])
            ? name
            : string.Create(CultureInfo.InvariantCulture, $"pipeline_{place + 1}");

    // Names have no hyphens here.
    private static string IdOf(string name) => name.Replace('-', '_');

    private static string? PoolOf(string? runner) => IsImage(runner) ? null : runner;

    private static string? ImageOf(string? runner) => IsImage(runner) ? runner ?? "ubuntu-latest" : null;

    private static bool IsImage(string? runner) =>
        runner == null || HostedImages.Any(image => runner.StartsWith(image, StringComparison.OrdinalIgnoreCase));

    private static string Condition(CiPlan plan, CiJob job, string before = "succeeded()")
    {
        var isOfBranch = $"eq(variables['Build.SourceBranch'], 'refs/heads/{plan.Settings.Branch}')";
        var parts = new List<string> { before };
        parts.AddRange(job.When switch
        {
            CiTrigger.Request => [IsOfRequest],
            CiTrigger.Branch => [isOfBranch],
            CiTrigger.Change => [$"or({IsOfRequest}, {isOfBranch})"],
            CiTrigger.Watch => [isOfBranch, $"eq({Schedule}, 'watch')"],
            _ => (string[])[isOfBranch, $"eq('${{{{ parameters.action }}}}', '{job.Name}')"],
        });
        if (!job.Delivers && CiServers.Manual(plan).Count > 0)
        {
            parts.Add("eq('${{ parameters.action }}', 'build')");
        }

        if (!job.Delivers && plan.Settings.MonitorSchedule != null)
        {
            parts.Add($"ne({Schedule}, 'watch')");
        }

        return $"and({string.Join(", ", parts)})";
    }
}
