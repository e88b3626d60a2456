using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments.Tests;

public sealed class ExperimentRatioTests
{
    [Theory]
    [InlineData(500, 500, 0.5, false)]
    [InlineData(400, 600, 0.5, true)]
    [InlineData(800, 200, 0.2, false)]
    [InlineData(800, 200, 0.25, true)]
    [InlineData(0, 0, 0.5, false)]
    public void A_split_that_is_off_is_broken_at_any_look(int control, int treatment, double share, bool broken) =>
        ExperimentRatio.Of(control, treatment, share).IsBroken(onlyLook: true).ShouldBe(broken);

    [Fact]
    public void A_look_among_many_needs_more_than_one_that_is_alone()
    {
        // χ² = 13.8, p = 0.0002: enough for one look, and not for the sum of many.
        var ratio = ExperimentRatio.Of(5186, 4814, 0.5);

        ratio.Probability.ShouldBe(0.0002, 0.00002);
        (ratio.IsBroken(onlyLook: true), ratio.IsBroken(onlyLook: false)).ShouldBe((true, false));
    }

    [Fact]
    public void Whole_splits_that_are_watched_unit_by_unit_are_hardly_ever_called_broken()
    {
        var random = new SplitMix64(23);
        var broken = Enumerable.Range(0, 400).Count(_ =>
        {
            var treated = 0;
            return Enumerable.Range(1, 2000).Any(units =>
            {
                treated += random.NextDouble() < 0.3 ? 1 : 0;
                return ExperimentRatio.Of(units - treated, treated, 0.3).IsBroken(onlyLook: false);
            });
        });

        // 0.0005 of them: of four hundred, two or more in 1.8 % of all seeds.
        broken.ShouldBeLessThan(2);
    }
}
