namespace MlOpsBuild.Serving.Gateway.Tests;

public sealed class AssignmentTests
{
    [Fact]
    public void The_same_seed_draws_the_same_arms()
    {
        var (one, same, other) = (new Assignment(7), new Assignment(7), new Assignment(8));
        var drawn = Enumerable.Range(0, 200).Select(_ => (One: one.IsCanary(50), Same: same.IsCanary(50), Other: other.IsCanary(50))).ToList();

        drawn.ShouldAllBe(arms => arms.One == arms.Same);
        drawn.Count(arms => arms.One != arms.Other).ShouldBeInRange(60, 140);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(50)]
    public void Its_share_is_the_weight(double percent)
    {
        const int Draws = 20_000;
        var assignment = new Assignment(3);
        var share = percent / 100;

        ((double)Enumerable.Range(0, Draws).Count(_ => assignment.IsCanary(percent))).ShouldBe(Draws * share, 4 * Math.Sqrt(Draws * share * (1 - share)));
    }
}
