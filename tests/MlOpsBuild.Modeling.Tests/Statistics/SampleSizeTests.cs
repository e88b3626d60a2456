namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class SampleSizeTests
{
    /// <summary>By hand: (1.959964 + 0.841621)² = 7.848879, times 4 for equal arms; 15.7 an arm, for which Lehr takes 16.</summary>
    [Fact]
    public void Equal_arms_need_sixteen_times_variance_over_squared_effect_each()
    {
        var units = new SampleSize(1, 0.5, 0.8).Units(0.1, SampleSize.AtOneLook(0.05));

        units.ShouldBe(Math.Ceiling(7.848879 * 4 * 100));
        (units / 2).ShouldBe(16 * 100, 16 * 100 * 0.02);
    }

    /// <summary>
    /// Published: Kohavi, Longbotham, Sommerfield and Henne 2009, "Controlled experiments on the web", 3.2: a conversion of 5 %, a change
    /// of 5 % of it, 121,600 users a variant by the rule of 16.
    /// </summary>
    [Fact]
    public void A_conversion_of_five_percent_needs_as_many_users_as_published()
    {
        var units = new SampleSize(0.05 * 0.95, 0.5, 0.8).Units(0.05 * 0.05, SampleSize.AtOneLook(0.05));

        (units / 2 * 16 / 15.697758).ShouldBe(121_600, 2);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.1, 0.25 / 0.09)]
    [InlineData(0.9, 0.25 / 0.09)]
    public void Unequal_arms_need_more(double share, double times) =>
        new SampleSize(1, share, 0.8).Units(0.01, SampleSize.AtOneLook(0.05))
            .ShouldBe(new SampleSize(1, 0.5, 0.8).Units(0.01, SampleSize.AtOneLook(0.05)) * times, 3);

    /// <summary>By hand: 7.848879 · (2 · 1.44 + 2) · 100.</summary>
    [Fact]
    public void An_arm_that_varies_more_needs_more() =>
        new SampleSize(1, 0.5, 0.8, 1.44).Units(0.1, SampleSize.AtOneLook(0.05)).ShouldBe(Math.Ceiling(7.848879 * 4.88 * 100));

    [Fact]
    public void The_effect_of_so_many_units_needs_so_many_units()
    {
        var size = new SampleSize(3, 0.3, 0.9);

        size.Units(size.Effect(5000, 1.96), 1.96).ShouldBe(5000, 1);
        size.VarianceWith(1000).ShouldBe(3 * ((1 / 0.3) + (1 / 0.7)) / 1000, 1e-12);
    }

    /// <summary>By hand: ((3.0352 + 0.8416) / (1.96 + 0.8416))² = 1.915.</summary>
    [Fact]
    public void Looking_at_any_time_takes_about_twice_as_many()
    {
        var size = new SampleSize(1, 0.5, 0.8);

        (size.Units(0.01, SampleSize.AtAnyLook(0.05)) / size.Units(0.01, SampleSize.AtOneLook(0.05))).ShouldBe(1.915, 0.001);
    }
}
