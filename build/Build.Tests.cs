using MlOpsBuild.Components;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

/// <summary>The targets that test this repository, here and on other machines.</summary>
[GeneratedJob("test", "SetUp Test")]
[GeneratedJob("full-flavour", "Test", Runners = ["ubuntu-latest", "windows-latest", "macos-latest"], Variables = ["MLOPS_PACKAGES=full"])]
sealed partial class Build
{
    Target SetUp => _ => _
        .Description("Installs what the integration tests need (Debian, Ubuntu)")
        .Executes(this, (session, ct) => TestMachine.SetUpAsync(session, All, ct));

    [Parameter("With SetUp, Test and Coverage: also what is slow and rare, which CI leaves out")]
    public bool All { get; set; }

    Target Test => _ => _
        .Description("Runs all tests; fails on a failure and on a skip that is not in tests/skips.txt")
        .After(SetUp)
        .Executes(this, async (session, ct) => Tell(session, await TestRun.RunAsync(session, coverage: false, All, ct)));

    Target Coverage => _ => _
        .Description("Runs all tests with coverage and writes .nuke/temp/coverage/index.html and Summary.txt")
        .After(SetUp)
        .Executes(this, async (session, ct) =>
        {
            Tell(session, await TestRun.RunAsync(session, coverage: true, All, ct));
            await CoverageReport.WriteAsync(session, ct);
        });

    private static void Tell(RunSession session, TestCounts counts)
    {
        session.Note(counts.ToString());
        if (counts.Problems.Count > 0)
        {
            throw new StageFailedException(
                "Tests failed",
                [.. counts.Problems.Select(problem => new Finding(
                    "MLB8002", "Test", "tests", problem, "passed", "see .nuke/temp/test-results"))],
                Verdict.Error);
        }
    }
}
