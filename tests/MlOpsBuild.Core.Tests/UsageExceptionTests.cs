namespace MlOpsBuild.Core.Tests;

public sealed class UsageExceptionTests
{
    [Fact]
    public void One_finding_is_the_message()
    {
        var failure = new UsageException(new Finding("MLB0000", "Missing file", "--data", "hour.csv"));

        failure.Message.ShouldBe("--data: Missing file 'hour.csv' [MLB0000]");
        failure.Summary.ShouldBe("Missing file");
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Several_findings_are_all_told_in_order()
    {
        var failure = new UsageException(
            "The contract is wrong.", [new("MLB0000", "Missing", "temp"), new("MLB0000", "Wrong type", "hum", "x")]);

        failure.Message.ShouldBe("The contract is wrong.\n  - temp: Missing [MLB0000]\n  - hum: Wrong type 'x' [MLB0000]");
        failure.Findings.Select(finding => finding.Where).ShouldBe(["temp", "hum"]);
    }
}
