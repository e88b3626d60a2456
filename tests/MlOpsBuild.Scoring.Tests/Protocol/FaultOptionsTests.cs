using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Protocol.Tests;

public sealed class FaultOptionsTests
{
    [Fact]
    public void A_fault_is_read_by_its_name()
    {
        FaultOptions.Parse("errors=0.05").ShouldBe(new(Errors: 0.05));
        FaultOptions.Parse("latency=300ms").ShouldBe(new(LatencyMilliseconds: 300));
        FaultOptions.Parse("predictions=1.3x").ShouldBe(new(PredictionFactor: 1.3));
    }

    [Fact]
    public void Units_may_be_left_out()
    {
        FaultOptions.Parse("latency=300").LatencyMilliseconds.ShouldBe(300);
        FaultOptions.Parse("predictions=0").PredictionFactor.ShouldBe(0);
    }

    [Fact]
    public void Several_faults_are_read_together_and_the_rest_is_left_alone()
    {
        FaultOptions.Parse("latency=12.5ms,errors=1").ShouldBe(new(1, 12.5, 1));
        new FaultOptions().ShouldBe(new(0, 0, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("errors")]
    [InlineData("errors=")]
    [InlineData("errors=1.01")]
    [InlineData("errors=-0.1")]
    [InlineData("errors=5%")]
    [InlineData("errors=NaN")]
    [InlineData("latency=300s")]
    [InlineData("latency=-5ms")]
    [InlineData("latency=Infinityms")]
    [InlineData("latency=NaNms")]
    [InlineData("predictions=twice")]
    [InlineData("predictions=NaNx")]
    [InlineData("crash=1")]
    [InlineData("Errors=0.1")]
    [InlineData("errors=0.1=0.2")]
    public void Anything_else_is_wrong_usage_with_the_part_named(string text)
    {
        var failure = Should.Throw<UsageException>(() => FaultOptions.Parse(text));

        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.Where.ShouldBe("--inject-fault");
        finding.Value.ShouldBe(text);
        finding.Expected!.ShouldContain("latency=300ms");
    }

    [Fact]
    public void A_wrong_part_among_good_ones_is_named() =>
        Should.Throw<UsageException>(() => FaultOptions.Parse("errors=0.1,latancy=3ms"))
            .Findings.ShouldHaveSingleItem()
            .Value.ShouldBe("latancy=3ms");
}
