namespace MlOpsBuild.Core.Tests;

public sealed class UsageExceptionTests
{
    [Fact]
    public void One_finding_is_the_message()
    {
        var failure = new UsageException(new Finding("Missing file", "--data", "hour.csv"));

        failure.Message.ShouldBe("--data: Missing file 'hour.csv'");
        failure.Summary.ShouldBe("Missing file");
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Several_findings_are_all_told_in_order()
    {
        var failure = new UsageException("The contract is wrong.", [new("Missing", "temp"), new("Wrong type", "hum", "x")]);

        failure.Message.ShouldBe("The contract is wrong.\n  - temp: Missing\n  - hum: Wrong type 'x'");
        failure.Findings.Select(finding => finding.Where).ShouldBe(["temp", "hum"]);
    }
}
