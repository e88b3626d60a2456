using System.Globalization;

namespace MlOpsBuild.Components.Ci;

/// <summary>The steps of jobs on GitHub. Actions are pinned by commit: a tag can be moved to other code.</summary>
internal static class GitHubSteps
{
    private const string CheckoutAction = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
    private const string SetUpDotnetAction = "actions/setup-dotnet@67a3573c9a986a3f9c594539f4ab511d57bb3ce9 # v4.3.1";
    private const string CacheAction = "actions/cache@5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3";
    private const string UploadAction = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";
    private const string DownloadAction = "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0";

    /// <summary>The whole history: the report names the commit a change starts from.</summary>
    public const string CheckoutHistory = $"""
              - uses: {CheckoutAction}
                with:
                  fetch-depth: 0 # the report names the commit a change starts from

        """;

    /// <summary>The newest commit, without leaving credentials behind.</summary>
    public const string Checkout = $"""
              - uses: {CheckoutAction}
                with:
                  persist-credentials: false

        """;

    public const string SetUp = $"""
              - uses: {SetUpDotnetAction}
                with:
                  global-json-file: global.json

        """;

    /// <summary>Content only: what it means, the facts, comes from the remote.</summary>
    public const string Cache = $$$"""
              - uses: {{{CacheAction}}}
                with:
                  path: .mlops/blobs
                  key: mlops-blobs-${{ runner.os }}-${{ github.run_id }}-${{ github.job }}
                  restore-keys: mlops-blobs-${{ runner.os }}-

        """;

    /// <summary>Takes over what the job before left.</summary>
    public static string TakeOver(string job) => string.Create(CultureInfo.InvariantCulture, $"""
              - uses: {DownloadAction}
                with:
                  name: {job}-results
                  path: .mlops/

        """);

    /// <summary>Leaves all results to the next job.</summary>
    public static string HandOver(string job) => string.Create(CultureInfo.InvariantCulture, $"""
              - uses: {UploadAction}
                with:
                  name: {job}-results
                  path: .mlops/
                  include-hidden-files: true
                  retention-days: 1

        """);

    public static string UploadReport(string job) => string.Create(CultureInfo.InvariantCulture, $"""
              - uses: {UploadAction}
                if: always()
                with:
                  name: {job}-report
                  path: .mlops/reports/
                  include-hidden-files: true
                  if-no-files-found: ignore

        """);

    /// <summary>The report that another run uploaded.</summary>
    /// <param name="job">The job that did.</param>
    /// <param name="folder">Where to put it.</param>
    public static string DownloadReport(string job, string folder) => string.Create(CultureInfo.InvariantCulture, $$$"""
              - uses: {{{DownloadAction}}}
                id: download
                continue-on-error: true # a run that broke early has none
                with:
                  name: {{{job}}}-report
                  path: {{{folder}}}
                  run-id: ${{ github.event.workflow_run.id }}
                  github-token: ${{ github.token }}

        """);

    /// <summary>A step of the build.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="command">For a shell; nothing from outside is in it.</param>
    /// <param name="variables">Its environment, value by name.</param>
    /// <param name="condition">When it runs; always after what went well, if null.</param>
    /// <param name="id">What later steps call it, or null.</param>
    public static string Run(string name, string command, IEnumerable<(string Name, string Value)> variables, string? condition = null, string? id = null)
    {
        var text = $"      - name: {name}\n";
        text += id == null ? "" : $"        id: {id}\n";
        text += condition == null ? "" : $"        if: {condition}\n";
        var environment = string.Concat(variables.Select(variable => $"          {variable.Name}: {variable.Value}\n"));
        return $"{text}        run: {command}\n{(environment.Length > 0 ? "        env:\n" : "")}{environment}";
    }

    /// <summary>The token that GitHub gives each job.</summary>
    public static (string Name, string Value) Token => ("GITHUB_TOKEN", "${{ github.token }}");

    /// <summary>Where the team's state is.</summary>
    public static (string Name, string Value) Remote(GeneratedCiAttribute settings) => ("MLOPS_REMOTE", Yaml.Quoted(settings.Remote));

    /// <summary>Where a job runs.</summary>
    /// <param name="settings">What the build asks for.</param>
    /// <param name="delivers">Whether the job acts on the machine that serves, itself and in no container.</param>
    public static string Machine(GeneratedCiAttribute settings, bool delivers = false) =>
        $"    runs-on: {Yaml.Quoted((delivers ? settings.DeliveryRunner : settings.Runner) ?? "ubuntu-latest")}\n"
        + (settings.Container is { } container && !delivers ? $"    container: {Yaml.Quoted(container)}\n" : "")
        + string.Create(CultureInfo.InvariantCulture, $"    timeout-minutes: {settings.TimeoutMinutes}\n");
}
