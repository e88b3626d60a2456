using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Components.Ci;

/// <summary>The steps of jobs on GitHub. Actions are pinned by commit: a tag can be moved to other code.</summary>
internal static class GitHubSteps
{
    private const string CheckoutAction = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
    private const string SetUpDotnetAction = "actions/setup-dotnet@67a3573c9a986a3f9c594539f4ab511d57bb3ce9 # v4.3.1";
    private const string CacheAction = "actions/cache@5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3";
    private const string UploadAction = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";
    private const string DownloadAction = "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0";
    private const string State = ".mlops/";

    /// <summary>The whole history: the report names the commit a change starts from.</summary>
    public static GitHubStep CheckoutHistory { get; } = new()
    {
        Uses = CheckoutAction, With = [new("fetch-depth", "0", "the report names the commit a change starts from")]
    };

    /// <summary>The newest commit, without leaving credentials behind.</summary>
    public static GitHubStep Checkout { get; } = new() { Uses = CheckoutAction, With = [new("persist-credentials", "false")] };

    /// <summary>The SDK that the repository asks for.</summary>
    public static GitHubStep SetUp { get; } = new() { Uses = SetUpDotnetAction, With = [new("global-json-file", "global.json")] };

    /// <summary>The newest SDK that the build compiles with, where the repository asks for none.</summary>
    public static GitHubStep SetUpNewest { get; } = new() { Uses = SetUpDotnetAction, With = [new("dotnet-version", "10.0.x")] };

    /// <summary>Content only: what it means, the facts, comes from the remote.</summary>
    public static GitHubStep Cache { get; } = new()
    {
        Uses = CacheAction,
        With =
        [
            new("path", ".mlops/blobs"), new("key", "mlops-blobs-${{ runner.os }}-${{ github.run_id }}-${{ github.job }}"),
            new("restore-keys", "mlops-blobs-${{ runner.os }}-")
        ],
    };

    /// <summary>The token that GitHub gives each job.</summary>
    public static GitHubValue Token { get; } = new("GITHUB_TOKEN", "${{ github.token }}");

    /// <summary>Takes over what the job before left.</summary>
    public static GitHubStep TakeOver(string job) =>
        new() { Uses = DownloadAction, With = [new("name", $"{job}-results"), new("path", State)] };

    /// <summary>Leaves all results to the next job.</summary>
    public static GitHubStep HandOver(string job) => new()
    {
        Uses = UploadAction,
        With = [new("name", $"{job}-results"), new("path", State), new("include-hidden-files", "true"), new("retention-days", "1")],
    };

    /// <summary>Shows the report, however the job ended.</summary>
    public static GitHubStep UploadReport(string job) => new()
    {
        Uses = UploadAction, If = "always()", With =
        [
            new("name", $"{job}-report"), new("path", ".mlops/reports/"), new("include-hidden-files", "true"),
            new("if-no-files-found", "ignore")
        ],
    };

    /// <summary>The reports of all pipelines that jobs of this run uploaded.</summary>
    /// <param name="job">The job that did, for each pipeline.</param>
    /// <param name="folder">Where to put them.</param>
    public static GitHubStep CollectReports(string job, string folder) => new()
    {
        Uses = DownloadAction, Id = "download", MayFail = "jobs that broke early have none",
        With = [new("pattern", $"{job}-*-report"), new("path", folder), new("merge-multiple", "true")],
    };

    /// <summary>The report that another run uploaded.</summary>
    /// <param name="job">The job that did.</param>
    /// <param name="folder">Where to put it.</param>
    /// <param name="spread">Whether there is one of each pipeline.</param>
    public static GitHubStep DownloadReport(string job, string folder, bool spread) => new()
    {
        Uses = DownloadAction, Id = "download", MayFail = "a run that broke early has none",
        With =
        [
            .. spread
                ? (GitHubValue[])[new("pattern", $"{job}-*-report"), new("merge-multiple", "true")]
                : [new("name", $"{job}-report")],
            new("path", folder), new("run-id", "${{ github.event.workflow_run.id }}"),
            new("github-token", "${{ github.token }}")
        ],
    };

    /// <summary>The key that what writes state signs with, where the build names one.</summary>
    public static IEnumerable<GitHubValue> Signing(GeneratedCiAttribute settings) =>
        settings.SigningSecret is { } secret ? [new(Trust.Variable, $"${{{{ secrets.{secret} }}}}")] : [];

    /// <summary>What every step that writes the team's state needs: where it is, the token, the key.</summary>
    public static IEnumerable<GitHubValue> Writing(GeneratedCiAttribute settings) => [Remote(settings), Token, .. Signing(settings)];

    /// <summary>Where the team's state is.</summary>
    public static GitHubValue Remote(GeneratedCiAttribute settings) => GitHubValue.Of("MLOPS_REMOTE", settings.Remote);
}
