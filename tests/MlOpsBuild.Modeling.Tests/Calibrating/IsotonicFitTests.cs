using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Modeling.Calibrating.Tests;

public sealed class IsotonicFitTests
{
    /// <summary>scikit-learn's own test of its isotonic regression.</summary>
    [Fact]
    public void Adjacent_violators_are_pooled()
    {
        var map = IsotonicFit.Fit([1, 2, 3, 4, 5, 6, 7], [3, 7, 5, 9, 8, 7, 10]);

        Enumerable.Range(1, 7).Select(at => map.Of(at)).ShouldBe([3, 6, 6, 8, 8, 8, 10]);
    }

    [Fact]
    public void Equal_values_have_one_meaning() => IsotonicFit.Fit([0.5, 0.5, 0.5, 0.9], [1, 0, 1, 1]).Of(0.5).ShouldBe(2.0 / 3, 1e-12);

    /// <summary>The solution is max over what begins before of min over what ends after of the mean between (Robertson 1988).</summary>
    [Fact]
    public void It_is_the_closest_function_that_never_falls() => Prop.ForAll(
        Gen.Choose(0, 1).NonEmptyListOf().Where(list => list.Count <= 25).ToArbitrary(), happened =>
        {
            double[] labels = [.. happened.Select(did => (double)did)];
            var map = IsotonicFit.Fit([.. Enumerable.Range(0, labels.Length).Select(at => at / 100.0)], labels);
            return Enumerable.Range(0, labels.Length).All(at => Math.Abs(map.Of(at / 100.0) - Closest(labels, at)) < 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_order_is_turned_round() => Prop.ForAll(
        Gen.Choose(0, 100).Two().NonEmptyListOf().ToArbitrary(), pairs =>
        {
            var map = IsotonicFit.Fit([.. pairs.Select(pair => pair.Item1 / 100.0)], [.. pairs.Select(pair => pair.Item2 > 50 ? 1.0 : 0)]);
            double[] means = [.. Enumerable.Range(-5, 111).Select(at => map.Of(at / 100.0))];
            return means.Zip(means.Skip(1)).All(pair => pair.First <= pair.Second) && means.All(value => value is >= 0 and <= 1);
        }).QuickCheckThrowOnFailure();

    private static double Closest(double[] labels, int at) => Enumerable.Range(0, at + 1)
        .Max(from => Enumerable.Range(at, labels.Length - at).Min(to => labels[from..(to + 1)].Average()));
}
