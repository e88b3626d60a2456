using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class PipelineParameterTests
{
    [Fact]
    public void Parameters_have_their_defaults_and_are_recorded_by_name()
    {
        var spec = Specify();

        spec.Trainer.ShouldBe(Trainers.Linear(0.5));
        spec.Seed.ShouldBe(3);
        spec.Features.Count.ShouldBe(1);
        spec.Parameters.ShouldBe(new Dictionary<string, string> { ["l2"] = "0.5", ["seed"] = "3", ["square"] = "false" });
    }

    [Fact]
    public void What_the_caller_sets_wins()
    {
        var spec = Specify(("l2", "1e-3"), ("seed", "-7"), ("square", "TRUE"));

        spec.Trainer.ShouldBe(Trainers.Linear(0.001));
        spec.Seed.ShouldBe(-7);
        spec.Features.Count.ShouldBe(2);
        spec.Parameters.ShouldBe(new Dictionary<string, string> { ["l2"] = "0.001", ["seed"] = "-7", ["square"] = "true" });
    }

    /// <summary>It trained with 15.</summary>
    [Theory]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData(" 1")]
    public void What_is_no_plain_number_is_refused(string text) =>
        Should.Throw<UsageException>(() => Specify(("l2", text))).Findings.ShouldHaveSingleItem().Value.ShouldBe(text);

    [Fact]
    public void Every_setting_that_is_unknown_or_of_the_wrong_type_is_named_at_once()
    {
        var findings = Should.Throw<UsageException>(() => Specify(
            ("l2", "much"), ("seed", "1.5"), ("square", "yes"), ("L2", "1"), ("depth", "3"))).Findings;

        findings.Select(finding => (finding.What, finding.Where, finding.Value)).ShouldBe(
        [
            ("Not a value of this parameter", "--set l2", "much"),
            ("Not a value of this parameter", "--set seed", "1.5"),
            ("Not a value of this parameter", "--set square", "yes"),
            ("Unknown pipeline parameter", "--set L2", null),
            ("Unknown pipeline parameter", "--set depth", null),
        ]);
        findings[0].Expected!.ShouldContain("0.5");
        findings[3].Expected.ShouldBe("l2, seed, square");
    }

    [Fact]
    public void A_value_that_a_part_refuses_is_wrong_usage() =>
        Should.Throw<UsageException>(() => Specify(("l2", "-1"))).Findings.ShouldContain(finding => finding.Where == "Trainers.Linear(l2)");

    private static PipelineSpec Specify(params (string, string)[] settings) => TestPipeline.Specify(
        p =>
        {
            var l2 = p.Parameter("l2", 0.5);
            var seed = p.Parameter("seed", 3L);
            var square = p.Switch("square", false);
            TestPipeline.Complete(p)
                .Seed(seed)
                .Train(Trainers.Linear(l2))
                .Features(f => f.Number(x => x.X).When(square, x => x.Square(row => row.X)));
        },
        settings);
}
