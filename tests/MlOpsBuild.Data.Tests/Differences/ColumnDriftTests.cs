namespace MlOpsBuild.Data.Differences.Tests;

public sealed class ColumnDriftTests
{
    [Theory]
    [InlineData(0.0999, 0, false)]
    [InlineData(0.1, 0, true)]
    [InlineData(0.1, 0.05, true)]
    [InlineData(0.1, 0.0501, false)]
    [InlineData(0.2999, 0.15, false)]
    [InlineData(0.3, 0.15, true)]
    [InlineData(0, 0, false)]
    public void A_column_moved_from_the_usual_bound_on_and_from_twice_what_chance_brings(double index, double byChance, bool moved) =>
        new ColumnDrift("x", index, byChance, 0, 0, 0, 0).Moved.ShouldBe(moved);
}
