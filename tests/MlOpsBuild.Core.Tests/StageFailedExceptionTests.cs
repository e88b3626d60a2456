namespace MlOpsBuild.Core.Tests;

public sealed class StageFailedExceptionTests
{
    [Theory]
    [InlineData(Verdict.Failed, 3)]
    [InlineData(Verdict.Inconclusive, 4)]
    [InlineData(Verdict.Error, 1)]
    [InlineData(Verdict.Passed, 1)]
    public void Verdict_decides_the_exit_code(Verdict verdict, int exitCode) =>
        new StageFailedException("Gates", [new("RMSE is worse")], verdict).ExitCode.ShouldBe(exitCode);

    [Fact]
    public void Single_finding_is_an_error_of_the_stage()
    {
        var failure = new StageFailedException(new Finding("Disk full", "/data"));

        failure.Verdict.ShouldBe(Verdict.Error);
        failure.ExitCode.ShouldBe(1);
        failure.Message.ShouldBe("/data: Disk full");
    }

    [Fact]
    public void Cause_and_all_findings_are_kept()
    {
        var cause = new IOException("connection lost");
        var failure = new StageFailedException("Two gates said no", [new("RMSE is worse"), new("Bias is worse")], Verdict.Failed, cause);

        failure.InnerException.ShouldBeSameAs(cause);
        failure.Message.ShouldBe("Two gates said no\n  - RMSE is worse\n  - Bias is worse");
    }
}
