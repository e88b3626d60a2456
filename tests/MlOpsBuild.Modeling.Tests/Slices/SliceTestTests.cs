using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Slices.Tests;

public sealed class SliceTestTests
{
    private const int Rows = 400;

    /// <summary>√2 (2 − 1) / √(0.25 + 0.25) where half of the rows lose 2.5 or 1.5, and the others 1.5 or 0.5.</summary>
    [Fact]
    public void The_effect_is_that_of_the_definition()
    {
        double[] losses = [.. Enumerable.Range(0, Rows).Select(row => (row % 2 == 0 ? 2.0 : 1.0) + (row % 4 < 2 ? 0.5 : -0.5))];
        bool[] holds = [.. Enumerable.Range(0, Rows).Select(row => row % 2 == 0)];

        var result = Test(losses, perBlock: 1).Of(holds, 32).ShouldNotBeNull();

        result.Effect.ShouldBe(Math.Sqrt(2) / Math.Sqrt(2 * 0.25 * 200 / 199), 1e-9);
        result.Probability.ShouldBeLessThan(1e-6);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Slices_are_neither_too_few_rows_nor_most_of_them(int rows, bool tested) =>
        (Test(Noise(1), perBlock: 1).Of([.. Enumerable.Range(0, Rows).Select(row => row < rows)], 32) != null).ShouldBe(tested);

    [Fact]
    public void Rows_of_too_few_days_are_no_slice() =>
        Test(Noise(1), perBlock: 50).Of([.. Enumerable.Range(0, Rows).Select(row => row is >= 0 and < 100)], 32).ShouldBeNull();

    [Fact]
    public void Where_every_loss_is_the_same_there_is_nothing_to_test() =>
        Test([.. Enumerable.Repeat(1.0, Rows)], perBlock: 4).Of([.. Enumerable.Range(0, Rows).Select(row => row % 4 == 0)], 32)
            .ShouldBeNull();

    /// <summary>Where there is no difference the probability is as often below a level as that says, also where days share luck.</summary>
    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(10, 1.0)]
    public void A_level_is_kept(int perBlock, double shared)
    {
        var random = new SplitMix64(17);
        var below = Enumerable.Range(0, 1000).Count(_ =>
        {
            double[] luck = [.. Enumerable.Range(0, Rows).Select(_ => shared * random.NextNormal())];
            double[] losses = [.. Enumerable.Range(0, Rows).Select(row => luck[row / perBlock] + random.NextNormal())];
            bool[] days = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() < 0.3)];
            bool[] holds = [.. Enumerable.Range(0, Rows).Select(row => days[row / perBlock])];
            return Test(losses, perBlock).Of(holds, 32) is { Probability: < 0.05 };
        });

        (below / 1000.0).ShouldBe(0.05, 0.025);
    }

    private static double[] Noise(ulong seed)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => random.NextNormal())];
    }

    private static SliceTest Test(double[] losses, int perBlock) => new(
        losses, new Blocks([.. Enumerable.Range(0, losses.Length).Select(row => row / perBlock)], losses.Length / perBlock));
}
