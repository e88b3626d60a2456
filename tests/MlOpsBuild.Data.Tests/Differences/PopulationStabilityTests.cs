using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Differences.Tests;

public sealed class PopulationStabilityTests
{
    private static readonly Gen<double[]> Values =
        Gen.Choose(-20, 20).Select(value => value / 4.0).NonEmptyListOf().Select(values => values.ToArray());

    [Fact]
    public void The_published_example_has_its_published_index()
    {
        int[] expected = [428, 425, 414, 427, 440, 447, 380, 386, 444, 386];
        int[] actual = [426, 437, 429, 391, 469, 433, 360, 443, 371, 418];

        PopulationStability.Index(Shares(expected), Shares(actual)).ShouldBe(0.007406694184014186, 1e-15);
    }

    [Fact]
    public void An_index_is_the_same_both_ways() =>
        PopulationStability.Index([0.2, 0.8, 0], [0.5, 0.4, 0.1])
            .ShouldBe(PopulationStability.Index([0.5, 0.4, 0.1], [0.2, 0.8, 0]), 1e-15);

    [Fact]
    public void An_empty_share_counts_as_one_in_ten_thousand() =>
        PopulationStability.Index([1, 0], [0.5, 0.5]).ShouldBe((-0.5 * Math.Log(0.5)) + (0.4999 * Math.Log(5000)), 1e-12);

    [Fact]
    public void Bins_are_those_of_the_reference_so_that_the_other_way_round_is_another_number()
    {
        var (then, now) = (Profiled.Column(Profiled.To(1000)), Profiled.Column(Profiled.To(1000).Select(value => value * value / 1000)));

        Math.Abs(PopulationStability.Of(then, now)!.Value.Index - PopulationStability.Of(now, then)!.Value.Index).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void Ten_bins_of_the_reference_are_compared_as_by_hand()
    {
        // Tenths below 10, 20, …; half of the values fall on the first three bins.
        var (then, now) = (Profiled.Column(Profiled.To(100)), Profiled.Column(
        [
            .. Enumerable.Repeat(5.0, 20),
            .. Enumerable.Repeat(15.0, 20),
            .. Enumerable.Repeat(25.0, 10),
            .. Profiled.To(100).Where(value => value > 50)
        ]));

        var (index, byChance) = PopulationStability.Of(then, now)!.Value;

        // Shares 0.2, 0.2, 0.1, twice none, five times 0.1 against a tenth each.
        index.ShouldBe((2 * 0.1 * Math.Log(2)) + (2 * (1e-4 - 0.1) * Math.Log(1e-4 / 0.1)), 1e-12);
        byChance.ShouldBe(9 * (0.01 + 0.01), 1e-12);
    }

    [Fact]
    public void Missing_values_have_a_bin_of_their_own()
    {
        var (then, now) = (Profiled.Column(Profiled.To(100)), Profiled.Column(Profiled.To(100), missing: 100));

        var (index, byChance) = PopulationStability.Of(then, now)!.Value;

        index.ShouldBe((10 * -0.05 * Math.Log(0.5)) + ((0.5 - 1e-4) * Math.Log(0.5 / 1e-4)), 1e-12);
        byChance.ShouldBe(10 * (0.01 + 0.005), 1e-12);
    }

    [Fact]
    public void A_column_without_a_distribution_is_not_compared()
    {
        var known = Profiled.Column([1, 2, 3]);

        PopulationStability.Of(known with { Distribution = null }, known).ShouldBeNull();
        PopulationStability.Of(known, known with { Distribution = null }).ShouldBeNull();
        PopulationStability.Of(known with { Count = 0, Distribution = new([], []) }, known).ShouldBeNull();
        PopulationStability.Of(known, known with { Count = 0, Distribution = new([], []) }).ShouldBeNull();
    }

    [Fact]
    public void A_column_without_values_now_differs_by_its_missing_ones() =>
        PopulationStability
            .Of(Profiled.Column(Profiled.To(100)), Profiled.Column([1]) with { Count = 0, Missing = 100, Distribution = new([], []) })!
            .Value.Index.ShouldBeGreaterThan(10);

    [Fact]
    public void Equal_columns_do_not_differ() => Prop.ForAll(Arb.From(Gen.Zip(Values, Gen.Choose(0, 5))), column =>
    {
        var profile = Profiled.Column(column.Item1, column.Item2);
        return PopulationStability.Of(profile, profile)!.Value.Index == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_index_is_never_negative() => Prop.ForAll(Arb.From(Gen.Zip(Values, Values)), columns =>
        PopulationStability.Of(Profiled.Column(columns.Item1, 1), Profiled.Column(columns.Item2)) is var (index, byChance)
            && index >= 0
            && byChance >= 0)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(2500, 400)]
    public void Without_drift_the_index_is_on_average_what_chance_brings(int reference, int current)
    {
        const int Turns = 400;
        var random = new SplitMix64(7);

        var indices = Enumerable.Range(0, Turns)
            .Select(_ => PopulationStability.Of(Profiled.Column(Draw(reference)), Profiled.Column(Draw(current)))!.Value)
            .ToList();

        // The mean of so many has a standard error of 2.4 % (chi-square with 9 degrees of freedom).
        var expected = 9 * ((1.0 / reference) + (1.0 / current));
        indices.ShouldAllBe(index => Math.Abs(index.ByChance - expected) < 1e-12);
        indices.Average(index => index.Index).ShouldBe(expected, 0.08 * expected);

        List<double> Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    [Fact]
    public void Without_drift_many_zeros_beside_many_values_are_no_drift()
    {
        PopulationStability.Of(Profiled.Column(Rain(1)), Profiled.Column(Rain(2)))!.Value.Index.ShouldBeLessThan(0.01);

        static List<double> Rain(ulong seed)
        {
            var random = new SplitMix64(seed);
            return [.. Enumerable.Range(0, 10000).Select(_ => random.NextDouble() < 0.6 ? 0 : random.NextExponential())];
        }
    }

    [Fact]
    public void A_flag_that_was_nearly_always_set_differs_once_it_is_set_half_of_the_time() =>
        PopulationStability.Of(Flag(950), Flag(500))!.Value.Index.ShouldBeGreaterThan(PopulationStability.Usual);

    [Fact]
    public void Values_below_all_of_the_reference_differ() =>
        PopulationStability.Of(Profiled.Column(Enumerable.Repeat(5.0, 100)), Profiled.Column(Enumerable.Repeat(3.0, 100)))!
            .Value.Index.ShouldBeGreaterThan(PopulationStability.Usual);

    private static Profiles.ColumnProfile Flag(int set) => Profiled.Column(Enumerable.Range(0, 1000).Select(row => row < set ? 1.0 : 0));

    private static List<double> Shares(int[] counts) => [.. counts.Select(count => (double)count / counts.Sum())];
}
