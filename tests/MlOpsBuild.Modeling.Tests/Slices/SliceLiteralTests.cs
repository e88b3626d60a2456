using System.Text.Json.Nodes;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Slices.Tests;

/// <summary>Which conditions are looked at.</summary>
public sealed class SliceLiteralTests
{
    [Fact]
    public void Each_value_of_a_column_with_few_of_them_is_one() =>
        Conditions(row => new() { ["plan"] = ((string[])["basic", "plus", "pro"])[row % 3] })
            .ShouldBe(["plan = basic", "plan = plus", "plan = pro"]);

    [Fact]
    public void What_is_missing_is_a_value_as_well() =>
        Conditions(row => row % 2 == 0 ? new() { ["plan"] = "basic" } : new() { ["plan"] = null })
            .ShouldBe(["plan = missing", "plan = basic"]);

    [Fact]
    public void Numbers_of_many_values_are_cut_into_quarters_at_values_that_they_have() =>
        Conditions(row => new() { ["hour"] = row % 24 }).ShouldBe(["hour < 6", "6 ≤ hour < 12", "12 ≤ hour < 18", "hour ≥ 18"]);

    [Fact]
    public void Quarters_that_are_empty_are_left_out() =>
        Conditions(row => new() { ["fee"] = row < 180 ? 0 : row }).ShouldBe(["fee < 180", "fee ≥ 180"]);

    [Fact]
    public void A_column_with_one_value_says_nothing() => Conditions(_ => new() { ["plan"] = "basic" }).ShouldBeEmpty();

    [Fact]
    public void Texts_of_many_values_are_no_slices() => Conditions(row => new() { ["note"] = $"note {row}" }).ShouldBeEmpty();

    [Fact]
    public void Columns_that_are_hidden_are_not_looked_at() =>
        Literals(row => new() { ["plan"] = row % 2 == 0 ? "a" : "b", ["sex"] = row % 2 == 0 ? "f" : "m" }, "sex")
            .Select(literal => literal.Condition.Column).Distinct().ShouldBe(["plan"]);

    [Fact]
    public void Every_row_is_in_one_condition_of_a_column()
    {
        var literals = Literals(row => new() { ["hour"] = row % 24, ["temperature"] = (row * 7) % 101 / 10.0 });

        foreach (var column in literals.GroupBy(literal => literal.Condition.Column))
        {
            Enumerable.Range(0, 240).ShouldAllBe(row => column.Count(literal => literal.Holds[row]) == 1);
        }
    }

    [Theory]
    [InlineData(null, 5.0, "hour < 5")]
    [InlineData(5.0, null, "hour ≥ 5")]
    [InlineData(0.25, 0.5, "0.25 ≤ hour < 0.5")]
    public void A_range_reads_as_people_write_it(double? from, double? to, string text) =>
        new SliceCondition("hour", null, from, to).ToString().ShouldBe(text);

    private static IEnumerable<string> Conditions(Func<int, JsonObject> row) =>
        Literals(row).Select(literal => literal.Condition.ToString());

    private static IReadOnlyList<SliceLiteral> Literals(Func<int, JsonObject> row, params string[] hidden) => SliceLiteral.Of(
        [.. Enumerable.Range(0, 240).Select(index => new LabelledRow(row(index), 0, 0))], hidden);
}
