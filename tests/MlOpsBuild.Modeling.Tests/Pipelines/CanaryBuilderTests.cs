namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class CanaryBuilderTests
{
    [Fact]
    public void What_is_not_said_keeps_its_default()
    {
        var policy = new CanaryBuilder().Steps(1, 10).Policy;

        policy.ShouldBe(new CanaryPolicy { Steps = policy.Steps });
        policy.Steps.ShouldBe([1, 10]);
    }

    [Fact]
    public void Everything_said_is_kept() =>
        new CanaryBuilder().FalseAlarm(0.1).Requests(perStep: 50, atMost: 500).SlowAfter(TimeSpan.FromSeconds(1)).Policy
            .ShouldSatisfyAllConditions(
                policy => policy.FalseAlarm.ShouldBe(0.1),
                policy => policy.RequestsPerStep.ShouldBe(50),
                policy => policy.MaximumRequests.ShouldBe(500),
                policy => policy.SlowAfter.ShouldBe(TimeSpan.FromSeconds(1)));
}
