using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class SearchSpaceTests
{
    [Fact]
    public void Parameters_with_a_range_are_searched_and_others_are_not() =>
        Space().Ranges.Select(range => range.Name).ShouldBe(["days", "family", "l2"]);

    [Fact]
    public void A_choice_leads_to_the_parameters_that_it_needs() =>
        Space().Choose(range => range.Name == "family" ? "trees" : range.Default)
            .ShouldBe(new Dictionary<string, string> { ["days"] = "20", ["family"] = "trees", ["leaves"] = "8", ["trees"] = "20" });

    [Fact]
    public void What_the_caller_has_set_is_not_searched()
    {
        var space = Space(("family", "trees"), ("days", "12"));

        space.Ranges.Select(range => range.Name).ShouldBe(["leaves", "trees"]);
        space.Specify(space.Choose(range => range.Default)).Trainer.Kind.ShouldBe("fast-tree");
    }

    [Fact]
    public void A_choice_makes_the_pipeline_that_set_makes()
    {
        var choices = new Dictionary<string, string> { ["l2"] = "12.5" };

        StageInput.Of("spec", Space().Specify(choices).Trainer).ShouldBe(
            StageInput.Of("spec", new TunedPipeline().Specify(choices).Trainer));
        Space().Specify(choices).Parameters["l2"].ShouldBe("12.5");
    }

    private static SearchSpace Space(params (string Name, string Value)[] given) =>
        new(new TunedPipeline(), given.ToDictionary(setting => setting.Name, setting => setting.Value));
}
