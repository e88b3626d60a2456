using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning.Tests;

/// <summary>Whatever the range and whatever was tried before, a proposal is a value of the range that can be typed.</summary>
public sealed class SamplerPropertyTests
{
    private static readonly Gen<NumberRange> Numbers =
        from whole in Gen.Elements(true, false)
        from byFactor in Gen.Elements(true, false)
        from first in Gen.Choose(byFactor ? 1 : -5000, 5000)
        from span in Gen.Choose(1, 100_000)
        let scale = whole ? 1 : 1000.0
        select new NumberRange(
            "x", (first / scale).ToString("R", CultureInfo.InvariantCulture), first / scale, (first + span) / scale, whole, byFactor);

    [Fact]
    public void Chance_stays_in_the_range() => Prop.ForAll(
        Numbers.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (range, seed) => IsOf(range, new RandomSampler().Draw(range, [], new SplitMix64((ulong)seed)))).QuickCheckThrowOnFailure();

    [Fact]
    public void So_does_the_estimator_whatever_it_knows() => Prop.ForAll(
        Numbers.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 60).ToArbitrary(), (range, seed, count) =>
        {
            var random = new SplitMix64((ulong)seed);

            // Some at the ends, some twice, some beyond what is searched.
            var known = Enumerable.Range(1, count).Select(number => Trial(number, (number % 5) switch
            {
                0 => range.Default,
                1 => range.To.ToString("R", CultureInfo.InvariantCulture),
                2 => (range.To * 2).ToString("R", CultureInfo.InvariantCulture),
                _ => new RandomSampler().Draw(range, [], random),
            })).ToList();

            return IsOf(range, new TpeSampler().Draw(range, known, random));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_texts_one_of_them_is_proposed() => Prop.ForAll(
        Gen.Choose(2, 9).ToArbitrary(), Gen.Choose(0, 60).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (values, count, seed) =>
        {
            var range = new ChoiceRange("x", "0", [.. Enumerable.Range(0, values).Select(value => $"{value}")]);
            var known = Enumerable.Range(1, count).Select(number => Trial(number, $"{number % values}")).ToList();

            return range.Values.Contains(new TpeSampler().Draw(range, known, new SplitMix64((ulong)seed)));
        }).QuickCheckThrowOnFailure();

    private static bool IsOf(NumberRange range, string text) =>
        double.Parse(text, CultureInfo.InvariantCulture) is var value
            && value >= range.From && value <= range.To && (!range.IsWhole || long.TryParse(text, CultureInfo.InvariantCulture, out _));

    private static TuningTrial Trial(int number, string value) =>
        new(number, new Dictionary<string, string> { ["x"] = value }, 1, [number]);
}
