using System.Runtime.Intrinsics;

using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Tests;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Sequence_is_the_published_one()
    {
        var random = new SplitMix64(1234567);

        Enumerable.Range(0, 5).Select(_ => random.Next()).ShouldBe(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL]);
    }

    [Fact]
    public void Equal_seeds_give_equal_sequences_and_others_do_not()
    {
        Draw(7, random => random.NextDouble()).ShouldBe(Draw(7, random => random.NextDouble()));
        Draw(7, random => random.NextDouble()).ShouldNotBe(Draw(8, random => random.NextDouble()));
    }

    [Fact]
    public void Double_is_at_least_zero_and_below_one() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(),
        seed => Array.TrueForAll(Draw(seed, random => random.NextDouble()), value => value is >= 0 and < 1)).QuickCheckThrowOnFailure();

    [Fact]
    public void Int_is_within_its_range() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (seed, maximum) => Array.TrueForAll(Draw(seed, random => random.NextInt(maximum.Get)), value => value >= 0 && value < maximum.Get))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Int_below_one_is_zero() => Draw(3, random => random.NextInt(1)).ShouldAllBe(value => value == 0);

    [Fact]
    public void Largest_range_stays_positive() => Draw(3, random => random.NextInt(int.MaxValue)).ShouldAllBe(value => value >= 0);

    [Fact]
    public void Every_face_of_a_die_comes_up_equally_often()
    {
        var faces = new int[6];
        foreach (var face in Draw(11, random => random.NextInt(6), 60_000))
        {
            faces[face]++;
        }

        faces.ShouldAllBe(count => Math.Abs(count - 10_000) < 500);
    }

    [Fact]
    public void Every_order_of_three_comes_up_equally_often()
    {
        var orders = Draw(13, random => string.Concat(random.NextOrder(3)), 60_000).CountBy(order => order).ToDictionary();

        orders.Keys.Order().ShouldBe(["012", "021", "102", "120", "201", "210"]);
        orders.Values.ShouldAllBe(count => Math.Abs(count - 10_000) < 500);
    }

    [Fact]
    public void Doubles_are_uniform()
    {
        var values = Draw(5, random => random.NextDouble(), 100_000);

        values.Average().ShouldBe(0.5, 0.005);
        values.Average(value => value * value).ShouldBe(1.0 / 3, 0.005);
    }

    [Fact]
    public void Exponential_has_mean_one_and_is_not_negative()
    {
        var values = Draw(5, random => random.NextExponential(), 100_000);

        values.ShouldAllBe(value => value >= 0 && double.IsFinite(value));
        values.Average().ShouldBe(1, 0.02);
    }

    [Fact]
    public void Normal_has_mean_zero_and_variance_one()
    {
        var values = Draw(5, random => random.NextNormal(), 100_000);

        values.Average().ShouldBe(0, 0.02);
        values.Average(value => value * value).ShouldBe(1, 0.02);
    }

    [Fact]
    public void A_mixed_value_is_the_first_number_of_its_seed() => SplitMix64.Mix(1234567).ShouldBe(new SplitMix64(1234567).Next());

    private static T[] Draw<T>(ulong seed, Func<SplitMix64, T> next, int count = 50)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => next(random))];
    }

    [Fact]
    public void Several_values_are_mixed_as_one_is()
    {
        ulong[] values = [0, 1, ulong.MaxValue, 1234567];
        var mixed = SplitMix64.Mix(Vector256.Create(values));
        values.Select((value, i) => mixed[i] == SplitMix64.Mix(value)).ShouldAllBe(isSame => isSame);
    }
}
