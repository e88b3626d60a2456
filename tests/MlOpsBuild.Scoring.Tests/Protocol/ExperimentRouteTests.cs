using System.Globalization;

namespace MlOpsBuild.Scoring.Protocol.Tests;

public sealed class ExperimentRouteTests
{
    private const int Units = 20_000;
    private static readonly ExperimentRoute Route = new("t1", new(2, 5002), 50, 7, "X-Unit-Id");

    /// <summary>
    /// By another program: Python, int.from_bytes(sha256(b"t1\n7\n" + unit).digest()[:8], "little") / 2**64 of user-1 to user-4.
    /// </summary>
    [Theory]
    [InlineData("user-1", 0.627126)]
    [InlineData("user-2", 0.849483)]
    [InlineData("user-3", 0.433376)]
    [InlineData("user-4", 0.062287)]
    public void The_arm_follows_from_the_hash_of_test_seed_and_unit(string unit, double place)
    {
        (Route with { Percent = (place * 100) - 0.01 }).ArmOf(unit).ShouldBe(ExperimentArm.Control);
        (Route with { Percent = (place * 100) + 0.01 }).ArmOf(unit).ShouldBe(ExperimentArm.Treatment);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(10)]
    [InlineData(97.5)]
    public void As_many_units_as_asked_get_the_version_on_test(double percent)
    {
        var treated = Treated(Route with { Percent = percent }).Count;

        // Four standard errors.
        ((double)treated / Units).ShouldBe(percent / 100, 4 * Math.Sqrt(percent / 100 * (1 - (percent / 100)) / Units));
    }

    [Fact]
    public void A_unit_keeps_its_arm_and_a_larger_share_takes_none_away()
    {
        var (few, many) = (Treated(Route with { Percent = 20 }), Treated(Route with { Percent = 40 }));

        few.IsSubsetOf(many).ShouldBeTrue();
        Treated(Route with { Treatment = new(9, 1), UnitHeader = "X-Other" }).SetEquals(Treated(Route)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("t2", 7)]
    [InlineData("t1", 8)]
    public void An_arm_says_nothing_of_the_arm_in_another_test(string id, long seed)
    {
        var (one, other) = (Treated(Route), Treated(Route with { Id = id, Seed = seed }));

        // Of two fair coins both show heads in a quarter.
        ((double)one.Intersect(other).Count() / Units).ShouldBe(0.25, 4 * Math.Sqrt(0.25 * 0.75 / Units));
    }

    private static HashSet<string> Treated(ExperimentRoute route) =>
        [.. Enumerable.Range(0, Units).Select(unit => unit.ToString(CultureInfo.InvariantCulture))
            .Where(unit => route.ArmOf(unit) == ExperimentArm.Treatment)];
}
