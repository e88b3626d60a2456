using System.Globalization;
using System.Text;

namespace MlOpsBuild.Components.Ci;

/// <summary>A build as a GitHub Actions workflow. Actions are pinned by commit: a tag can be moved to other code.</summary>
internal static class GitHubWorkflow
{
    private const string Checkout = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
    private const string SetUpDotnet = "actions/setup-dotnet@67a3573c9a986a3f9c594539f4ab511d57bb3ce9 # v4.3.1";
    private const string Cache = "actions/cache@5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3";
    private const string Upload = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";

    public static string Text(CiPlan plan)
    {
        var text = new StringBuilder("name: mlops\n\n");
        Triggers(text, plan);
        text.Append("""

            # A newer push ends the check of an older one; what delivers is never cut short.
            concurrency:
              group: mlops-${{ github.ref }}-${{ github.event_name }}
              cancel-in-progress: ${{ github.event_name == 'pull_request' }}

            permissions:
              contents: read

            jobs:

            """);
        foreach (var job in plan.Jobs)
        {
            Job(text, plan.Settings, job);
        }

        return text.ToString().TrimEnd('\n') + "\n";
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

    private static void Job(StringBuilder text, GeneratedCiAttribute settings, CiJob job)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {job.Name}:\n    if: {Condition(job)}\n    runs-on: {Yaml.Quoted(settings.Runner ?? "ubuntu-latest")}\n");
        if (settings.Container is { } container)
        {
            text.Append(CultureInfo.InvariantCulture, $"    container: {Yaml.Quoted(container)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"    timeout-minutes: {settings.TimeoutMinutes}\n    permissions:\n      contents: write # the team's state, on a branch of its own\n");
        text.Append(job is { Reports: true, When: CiTrigger.Request } ? "      pull-requests: write\n" : "").Append(job.Reports ? "      checks: write\n" : "");
        text.Append(CultureInfo.InvariantCulture, $$$"""
                steps:
                  - uses: {{{Checkout}}}
                    with:
                      fetch-depth: 0 # the report names the commit a change starts from
                  - uses: {{{SetUpDotnet}}}
                    with:
                      global-json-file: global.json
                  - uses: {{{Cache}}}
                    with:
                      path: .mlops/blobs
                      key: mlops-blobs-${{ runner.os }}-${{ github.run_id }}-${{ github.job }}
                      restore-keys: mlops-blobs-${{ runner.os }}-
                  - name: {{{job.Name}}}
                    run: {{{job.Command}}}
                    env:
                      MLOPS_REMOTE: {{{Yaml.Quoted(settings.Remote)}}}
                      GITHUB_TOKEN: ${{ github.token }}

            """);
        if (job.Input != null)
        {
            text.Append(CultureInfo.InvariantCulture, $"          {job.Variable}: ${{{{ inputs.{job.Input} }}}}\n");
        }

        if (job.Reports)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - uses: {Upload}\n        if: always()\n        with:\n          name: {job.Name}-report\n          path: .mlops/reports/\n          include-hidden-files: true\n          if-no-files-found: ignore\n");
        }

        text.Append('\n');
    }

    private static string Condition(CiJob job) => job.When switch
    {
        CiTrigger.Request => "github.event_name == 'pull_request'",
        CiTrigger.Branch => "github.event_name == 'push' || github.event_name == 'schedule'",
        _ => $"github.event_name == 'workflow_dispatch' && inputs.action == '{job.Name}'",
    };
}
