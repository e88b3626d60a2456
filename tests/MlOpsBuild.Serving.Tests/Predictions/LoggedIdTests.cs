using System.Globalization;

namespace MlOpsBuild.Serving.Predictions.Tests;

public sealed class LoggedIdTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 1000)]
    [InlineData(50, 5000)]
    [InlineData(100, 10_000)]
    public void A_share_of_ids_is_kept_whatever_callers_choose_as_ids(double percent, int expected)
    {
        var kept = Enumerable.Range(0, 10_000).Count(id => LoggedId.IsKept(id.ToString(CultureInfo.InvariantCulture), percent));

        // Four standard deviations of 10,000 draws.
        kept.ShouldBeInRange(expected - (percent is 0 or 100 ? 0 : 200), expected + (percent is 0 or 100 ? 0 : 200));
    }

    [Fact]
    public void Whoever_is_among_few_is_among_more() => Enumerable.Range(0, 1000).Select(id => $"request {id}")
        .Where(id => LoggedId.IsKept(id, 10)).ShouldAllBe(id => LoggedId.IsKept(id, 30));

    // FNV-1a of "a" is 0xAF63DC4C8601EC8C (draft-eastlake-fnv); SplitMix64 makes this of it.
    [Fact]
    public void The_same_id_is_the_same_number_in_every_process() => LoggedId.Of("a").ShouldBe(0x5F29C2AADD9B8527UL);
}
