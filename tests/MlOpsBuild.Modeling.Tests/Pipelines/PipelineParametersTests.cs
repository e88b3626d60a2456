using MlOpsBuild.Modeling.Tuning;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class PipelineParametersTests
{
    [Fact]
    public void A_range_is_offered_and_its_default_taken()
    {
        var parameters = new PipelineParameters("Demand", new Dictionary<string, string>());

        parameters.Read("trees", 100, 20, 400, byFactor: true).ShouldBe(100);
        parameters.Read("rate", 0.2, 0.01, 0.5, byFactor: false).ShouldBe(0.2);

        parameters.Ranges.ShouldBe(
        [
            new NumberRange("rate", "0.2", 0.01, 0.5, false, false), new NumberRange("trees", "100", 20, 400, true, true),
        ]);
        parameters.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_sets_a_value_may_leave_the_range() =>
        new PipelineParameters("Demand", new Dictionary<string, string> { ["trees"] = "900" }).Read("trees", 100, 20, 400, byFactor: true)
            .ShouldBe(900);

    [Theory]
    [InlineData(100, 400, 20, false)]
    [InlineData(100, 20, 20, false)]
    [InlineData(500, 20, 400, false)]
    [InlineData(100, 0, 400, true)]
    [InlineData(100, -5, 400, true)]
    [InlineData(double.NaN, 20, 400, false)]
    [InlineData(100, 20, double.PositiveInfinity, false)]
    public void A_range_that_is_none_is_told(double defaultValue, double from, double to, bool byFactor)
    {
        var parameters = new PipelineParameters("Demand", new Dictionary<string, string>());

        parameters.Read("trees", defaultValue, from, to, byFactor);

        parameters.Findings.Single().Code.ShouldBe("MLB2055");
    }

    [Fact]
    public void Of_choices_the_first_is_taken_when_nobody_chooses()
    {
        var parameters = new PipelineParameters("Demand", new Dictionary<string, string> { ["family"] = "trees", ["scale"] = "log" });

        parameters.Choice("family", ["linear", "trees"]).ShouldBe("trees");
        parameters.Choice("window", ["all", "year"]).ShouldBe("all");
        parameters.Choice("scale", ["none", "log1p"]).ShouldBe("none");

        parameters.Findings.Select(finding => (finding.Code, finding.Value, finding.Expected))
            .ShouldBe([("MLB2010", "log", "none, log1p")]);
        parameters.Values.ShouldBe(new Dictionary<string, string> { ["family"] = "trees", ["scale"] = "none", ["window"] = "all" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one,one")]
    [InlineData("one,")]
    public void Choices_are_two_or_more_different_texts(string choices)
    {
        var parameters = new PipelineParameters("Demand", new Dictionary<string, string>());

        parameters.Choice("family", choices.Length == 0 ? [] : choices.Split(','));

        parameters.Findings.Single().Code.ShouldBe("MLB2055");
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var parameters = new PipelineParameters(
            "Demand", new Dictionary<string, string> { ["l2"] = "1,5", ["ridge"] = "yes", ["lambda"] = "3" });

        parameters.Read("l2", 1.5, 0.5, 2.5, byFactor: false);
        parameters.Switch("ridge", false);

        parameters.Findings.Select(finding => (finding.Code, finding.Where)).ShouldBe(
            [("MLB2010", "--set l2"), ("MLB2010", "--set ridge"), ("MLB2013", "--set lambda")]);
        parameters.Values["l2"].ShouldBe("1.5");
    }
}
