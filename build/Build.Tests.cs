using MlOpsBuild.Engine;

/// <summary>The targets that test this repository.</summary>
sealed partial class Build
{
    Target SetUp => _ => _
        .Description("Installs what the integration tests need (Debian, Ubuntu)")
        .Executes(() => TestMachine.SetUpAsync(Context));

    Target Test => _ => _
        .Description("Runs all tests; fails on a failure and on a skip that is not in tests/skips.txt")
        .After(SetUp)
        .Executes(async () => ReportTests(await TestRun.RunAsync(Context, coverage: false)));

    Target Coverage => _ => _
        .Description("Runs all tests with coverage and writes .nuke/temp/coverage/index.html and Summary.txt")
        .After(SetUp)
        .Executes(async () =>
        {
            ReportTests(await TestRun.RunAsync(Context, coverage: true));
            await CoverageReport.WriteAsync(Context);
        });

    private void ReportTests(TestCounts counts)
    {
        ReportSummary(pairs =>
        {
            pairs[counts.ToString()] = "";
            return pairs;
        });
        if (counts.Problems.Count > 0)
        {
            ExitCode = 1;
            throw new InvalidOperationException(string.Join('\n', counts.Problems));
        }
    }
}
