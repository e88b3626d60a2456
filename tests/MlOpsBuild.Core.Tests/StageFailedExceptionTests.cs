namespace MlOpsBuild.Core.Tests;

public sealed class StageFailedExceptionTests
{
    [Theory]
    [InlineData(Verdict.Failed, 3)]
    [InlineData(Verdict.Inconclusive, 4)]
    [InlineData(Verdict.Error, 1)]
    [InlineData(Verdict.Passed, 1)]
    public void Verdict_decides_the_exit_code(Verdict verdict, int exitCode) =>
        new StageFailedException("Gates", [new("MLB0000", "RMSE is worse")], verdict).ExitCode.ShouldBe(exitCode);

    [Fact]
    public void Single_finding_is_an_error_of_the_stage()
    {
        var failure = new StageFailedException(new Finding("MLB0000", "Disk full", "/data"));

        failure.Verdict.ShouldBe(Verdict.Error);
        failure.ExitCode.ShouldBe(1);
        failure.Message.ShouldBe("/data: Disk full [MLB0000]");
    }

    [Fact]
    public void Cause_and_all_findings_are_kept()
    {
        var cause = new IOException("connection lost");
        var failure = new StageFailedException(
            "Two gates said no", [new("MLB0000", "RMSE is worse"), new("MLB0000", "Bias is worse")], Verdict.Failed, cause);

        failure.InnerException.ShouldBeSameAs(cause);
        failure.Message.ShouldBe("Two gates said no\n  - RMSE is worse [MLB0000]\n  - Bias is worse [MLB0000]");
    }
}
