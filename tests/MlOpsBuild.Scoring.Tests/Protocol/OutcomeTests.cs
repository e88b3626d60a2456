namespace MlOpsBuild.Scoring.Protocol.Tests;

public sealed class OutcomeTests
{
    [Fact]
    public void What_a_unit_did_needs_a_unit_and_a_name() => new Outcome("u1", "signup").Problems(0).ShouldBeEmpty();

    [Fact]
    public void All_that_is_wrong_is_told_at_once_with_its_place()
    {
        var problems = new Outcome("", new string('m', 257)) { Value = double.NaN, Id = " " }.Problems(2);

        problems.Select(problem => problem.Where).ShouldBe(
            ["outcome 3, unit", "outcome 3, metric", "outcome 3, id", "outcome 3, value"]);
        problems.ShouldAllBe(problem => problem.Code == "MLB2230" && problem.Fix!.Contains("\"metric\"", StringComparison.Ordinal));
        problems[1].Value!.Length.ShouldBe(201);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(-3.5, true)]
    [InlineData(0, true)]
    public void A_value_is_any_finite_number(double value, bool fine) =>
        (new Outcome("u1", "refund") { Value = value }.Problems(0).Count == 0).ShouldBe(fine);
}
