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
    public void What_is_tolerated_is_a_part_of_the_champion_s_loss_or_an_amount_of_it()
    {
        var policy = new CanaryBuilder().Margin(0.2).Allowance(0.05).Policy;

        (policy.LossMargin, policy.LossAllowance).ShouldBe((0.2, 0.05));
        new CanaryPolicy().LossAllowance.ShouldBe(0);
        (CanaryPolicy.OfAnswers.LossMargin, CanaryPolicy.OfAnswers.LossAllowance).ShouldBe((0, 0.1));
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0.1, -1)]
    [InlineData(double.NaN, 0)]
    public void What_is_tolerated_is_not_less_than_nothing(double margin, double allowance) =>
        PolicyCheck.Lacking(new CanaryBuilder().Margin(margin).Allowance(allowance).Policy, new(), new(), null, new())
            .ShouldHaveSingleItem().ShouldBe(".Canary(c => c.Margin(…).Allowance(…)) of 0 or more");

    [Fact]
    public void Everything_said_is_kept() =>
        new CanaryBuilder().FalseAlarm(0.1).Requests(perStep: 50, atMost: 500).SlowAfter(TimeSpan.FromSeconds(1)).Policy
            .ShouldSatisfyAllConditions(
                policy => policy.FalseAlarm.ShouldBe(0.1),
                policy => policy.RequestsPerStep.ShouldBe(50),
                policy => policy.MaximumRequests.ShouldBe(500),
                policy => policy.SlowAfter.ShouldBe(TimeSpan.FromSeconds(1)));
}
