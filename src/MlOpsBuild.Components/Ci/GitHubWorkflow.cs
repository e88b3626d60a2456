using System.Globalization;
using System.Text;

namespace MlOpsBuild.Components.Ci;

/// <summary>A build as a GitHub Actions workflow.</summary>
internal static class GitHubWorkflow
{
    public const string Name = "mlops";

    public static string Text(CiPlan plan)
    {
        var text = new StringBuilder($"name: {Name}\n\n");
        Triggers(text, plan);
        var action = plan.Jobs.Any(job => job.Delivers) ? "-${{ inputs.action }}" : "";
        text.Append($$$"""

            # A newer push ends the check of an older one; what delivers is never cut short, and a rollback waits for no deployment.
            concurrency:
              group: mlops-${{ github.ref }}-${{ github.event_name }}{{{action}}}
              cancel-in-progress: ${{ github.event_name == 'pull_request' }}

            permissions:
              contents: read

            jobs:

            """);
        text.AppendJoin('\n', plan.Jobs.Select(job => Job(plan.Settings, job)));
        return text.ToString();
    }

    private static void Triggers(StringBuilder text, CiPlan plan)
    {
        text.Append(CultureInfo.InvariantCulture, $"on:\n  pull_request:\n  push:\n    branches: [{Yaml.Quoted(plan.Settings.Branch)}]\n");
        if (plan.Settings.Schedule is { } schedule)
        {
            text.Append(CultureInfo.InvariantCulture, $"  schedule:\n    - cron: {Yaml.Quoted(schedule)}\n");
        }

        var manual = plan.Jobs.Where(job => job.When == CiTrigger.Person).ToList();
        if (manual.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  workflow_dispatch:\n    inputs:\n      action:\n        description: What to do\n        type: choice\n        required: true\n        options: [{string.Join(", ", manual.Select(job => job.Name))}]\n");
            foreach (var job in manual)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {job.Input}:\n        description: For {job.Name}\n        type: string\n");
            }
        }
    }

    private static string Job(GeneratedCiAttribute settings, CiJob job)
    {
        List<(string, string)> variables =
        [
            GitHubSteps.Remote(settings), GitHubSteps.Token, .. job.Switches(settings).Select(name => (name, "\"true\"")),
            .. job.Input == null ? Array.Empty<(string, string)>() : [(job.Variable, $"${{{{ inputs.{job.Input} }}}}")],
        ];
        return string.Concat(
            $"  {job.Name}:\n",
            job.Needs == null ? "" : $"    needs: {job.Needs}\n",
            $"    if: {Condition(job)}\n",
            GitHubSteps.Machine(settings, job.Delivers),
            // Whoever opens a pull request writes no state: what a stranger's code says decides nothing.
            $"    permissions:\n      contents: {(job.When is CiTrigger.Request or CiTrigger.Change ? "read" : "write # the team's state, on a branch of its own")}\n",
            job is { Reports: true, When: CiTrigger.Request or CiTrigger.Change } ? "      pull-requests: write\n" : "",
            job.Reports ? "      checks: write\n" : "",
            job.Delivers ? "      deployments: write\n" : "",
            "    steps:\n",
            GitHubSteps.CheckoutHistory,
            GitHubSteps.SetUp,
            GitHubSteps.Cache,
            job.Needs is { } before ? GitHubSteps.TakeOver(before) : "",
            GitHubSteps.Run(job.Name, job.Command, variables),
            job.HandsOver ? GitHubSteps.HandOver(job.Name) : "",
            job.Reports ? GitHubSteps.UploadReport(job.Name) : "");
    }

    private static string Condition(CiJob job) => job.When switch
    {
        CiTrigger.Request => "github.event_name == 'pull_request'",
        CiTrigger.Branch => "github.event_name == 'push' || github.event_name == 'schedule'",
        CiTrigger.Change => "github.event_name != 'workflow_dispatch'",
        _ => $"github.event_name == 'workflow_dispatch' && inputs.action == '{job.Name}'",
    };
}
