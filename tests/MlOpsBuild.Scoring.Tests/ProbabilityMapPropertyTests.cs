using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Scoring.Tests;

/// <summary>A map never turns the order of two rows round, and a probability stays one.</summary>
public sealed class ProbabilityMapPropertyTests
{
    private static readonly Arbitrary<ProbabilityMap> Curves = (
        from slope in Gen.Choose(0, 500)
        from offset in Gen.Choose(-500, 500)
        select new ProbabilityMap(slope / 100.0, offset / 100.0, null, null)).ToArbitrary();

    private static readonly Arbitrary<ProbabilityMap> Lines = (
        from inputs in Gen.Choose(0, 100).ArrayOf(6)
        from outputs in Gen.Choose(0, 100).ArrayOf(6)
        let places = inputs.Distinct().Order().Select(input => input / 100.0).ToArray()
        select new ProbabilityMap(
            null, null, places, [.. outputs.Order().Take(places.Length).Select(output => output / 100.0)])).ToArbitrary();

    [Fact]
    public void Of_curves() => Prop.ForAll(Curves, Keeps).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_lines() => Prop.ForAll(Lines, Keeps).QuickCheckThrowOnFailure();

    [Fact]
    public void A_line_goes_through_its_points() => Prop.ForAll(
        Lines, map => map.Inputs!.Zip(map.Outputs!).All(point => map.Of(point.First).Equals(point.Second))).QuickCheckThrowOnFailure();

    private static bool Keeps(ProbabilityMap map)
    {
        double[] means = [.. Enumerable.Range(0, 201).Select(at => map.Of(at / 200.0))];
        return means.Zip(means.Skip(1)).All(pair => pair.First <= pair.Second + 1e-15) && means.All(value => value is >= 0 and <= 1);
    }
}
