using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Profiles.Tests;

public sealed class ValueDistributionTests
{
    private static readonly Gen<double[]> Values =
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).NonEmptyListOf().Select(values => values.Order().ToArray());

    // More different values than are kept apart, no one of them often.
    private static readonly Gen<double[]> Many =
        Gen.Zip(Gen.Choose(ValueDistribution.MostValues + 1, 5000), Gen.Choose(0, int.MaxValue))
            .Select(size => Normal(size.Item1, size.Item2));

    [Fact]
    public void Each_value_is_counted_in_ascending_order()
    {
        var distribution = ValueDistribution.Of([-1.5, 0, 0, 2, 2, 2, 7]);

        distribution.Values.ShouldBe([-1.5, 0, 2, 7]);
        distribution.Counts.ShouldBe([1, 2, 3, 1]);
        distribution.Total.ShouldBe(7);
    }

    [Fact]
    public void No_values_have_an_empty_distribution()
    {
        var distribution = ValueDistribution.Of([]);

        distribution.Values.ShouldBeEmpty();
        distribution.Total.ShouldBe(0);
        distribution.AtMost(1).ShouldBe(0);
    }

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(-1.5, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 6)]
    [InlineData(6.9, 6)]
    [InlineData(7, 7)]
    [InlineData(double.PositiveInfinity, 7)]
    public void A_bound_counts_what_equals_it(double bound, int count) =>
        ValueDistribution.Of([-1.5, 0, 0, 2, 2, 2, 7]).AtMost(bound).ShouldBe(count);

    [Fact]
    public void As_many_different_values_as_allowed_are_kept_apart()
    {
        double[] values = [.. Enumerable.Range(0, ValueDistribution.MostValues)
            .SelectMany(value => Enumerable.Repeat((double)value, 1 + (value % 5)))];

        var distribution = ValueDistribution.Of(values);

        distribution.Values.ShouldBe(values.Distinct());
        distribution.Counts.ShouldBe(values.CountBy(value => value).Select(pair => pair.Value));
    }

    [Fact]
    public void One_more_value_joins_neighbours()
    {
        var distribution = ValueDistribution.Of([.. Enumerable.Range(0, ValueDistribution.MostValues + 1).Select(value => (double)value)]);

        distribution.Values.Count.ShouldBe(ValueDistribution.MostValues);
        distribution.Counts.Order().ShouldBe([.. Enumerable.Repeat(1, ValueDistribution.MostValues - 1), 2]);
        distribution.Values[^1].ShouldBe(ValueDistribution.MostValues);
    }

    [Fact]
    public void Quantiles_and_counts_of_kept_values_are_those_of_the_raw_values() => Prop.ForAll(Arb.From(Values), values =>
    {
        var distribution = ValueDistribution.Of(values);
        return distribution.Total == values.Length
            && values.All(bound => distribution.AtMost(bound) == values.Count(value => value <= bound))
            && Enumerable.Range(0, 21).All(step => distribution.Quantile(step / 20.0).Equals(Quantile.Of(values, step / 20.0)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Joined_values_are_few_groups_of_about_equal_size() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Arb.From(Many), values =>
        {
            var distribution = ValueDistribution.Of(values);
            return distribution.Values.Count <= ValueDistribution.MostValues
                && distribution.Total == values.Length
                && distribution.Counts.All(count => count >= 1 && count <= Group(values.Length))
                && distribution.Values.Zip(distribution.Values.Skip(1)).All(pair => pair.First < pair.Second)
                && distribution.Values.All(values.Contains);
        }));

    [Fact]
    public void A_share_of_joined_values_is_too_small_by_at_most_one_group() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Arb.From(Many), values =>
        {
            var distribution = ValueDistribution.Of(values);
            return values.Index().Where(value => value.Index % 7 == 0).All(
                value => value.Index + 1 - distribution.AtMost(value.Item) is var missed && missed >= 0 && missed < Group(values.Length));
        }));

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1500)]
    public void A_value_that_occurs_often_is_counted_as_itself(int often)
    {
        var distribution =
            ValueDistribution.Of([.. Enumerable.Repeat(0.0, often), .. Enumerable.Range(1, 2000).Select(value => (double)value)]);

        distribution.AtMost(0).ShouldBe(often);
        distribution.AtMost(double.BitDecrement(1)).ShouldBe(often);
        distribution.Quantile(0.25).ShouldBe(0);
    }

    [Fact]
    public void The_ends_of_joined_values_are_counted_exactly()
    {
        var values = Normal(3000, seed: 5);
        var distribution = ValueDistribution.Of(values);

        distribution.AtMost(values[^1]).ShouldBe(values.Length);
        distribution.Quantile(1).ShouldBe(values[^1]);
        distribution.AtMost(double.BitDecrement(values[0])).ShouldBe(0);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    public void What_is_written_reads_back_equal_and_gives_the_same_bytes(int count)
    {
        var values = Normal(count, seed: 11);
        var distribution = ValueDistribution.Of(values);
        var written = CanonicalJson.Serialize(distribution);

        var read = CanonicalJson.Deserialize<ValueDistribution>(written);

        read.Values.ShouldBe(distribution.Values);
        read.Counts.ShouldBe(distribution.Counts);
        CanonicalJson.Serialize(read).ShouldBe(written);
        CanonicalJson.Serialize(ValueDistribution.Of([.. values])).ShouldBe(written);
    }

    private static int Group(int values) => (values + ValueDistribution.MostValues - 1) / ValueDistribution.MostValues;

    private static double[] Normal(int count, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal()).Order()];
    }
}
