using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Reproducing.Tests;

public sealed class ReproductionCheckTests
{
    private static readonly SourceRevision Clean = new("0123456789abcdef0123456789abcdef01234567", "main", false);

    private static readonly RunRecord Then = new()
    {
        Id = "run", Pipeline = "Demand", Started = DateTimeOffset.UnixEpoch, Model = Digest.Of("model"), Data = Digest.Of("data"),
        Contract = Digest.Of("contract"), Seed = 7, Trainer = "fast-tree trees=100", Features = ["number of hr"],
        Parameters = new Dictionary<string, string> { ["trees"] = "100" },
        Machine = new Dictionary<string, string> { ["runtime"] = ".NET 10.0.1", ["architecture"] = "X64" },
    };

    [Fact]
    public void The_same_model_has_no_differences_whatever_else_is_other() =>
        ReproductionCheck.Differences(Then, Clean with { Dirty = true }, Then with { Data = Digest.Of("other") }).ShouldBeEmpty();

    [Fact]
    public void Each_difference_of_its_making_is_told_by_its_name()
    {
        var now = Then with
        {
            Model = Digest.Of("other"), Data = Digest.Of("more"), Seed = 8, Trainer = "fast-tree trees=200",
            Parameters = new Dictionary<string, string> { ["trees"] = "200", ["leaves"] = "9" },
            Machine = new Dictionary<string, string> { ["runtime"] = ".NET 10.0.2", ["architecture"] = "X64" },
        };

        var differences = ReproductionCheck.Differences(Then, Clean, now);

        differences.Select(difference => difference.Where).ShouldBe(
            ["data", "seed", "trainer", "parameter leaves", "parameter trees", "machine, runtime"]);
        differences.Single(difference => difference.Where == "parameter trees").ShouldSatisfyAllConditions(
            difference => difference.Value.ShouldBe("200"), difference => difference.Expected.ShouldBe("100"));
    }

    [Theory]
    [InlineData(true, "pipelines/Demand.cs")]
    [InlineData(null, "whether there were any is not known")]
    public void What_stood_beside_the_commit_is_a_difference(bool? dirty, string told) =>
        ReproductionCheck.Differences(
            Then, Clean with { Dirty = dirty, Changes = dirty == true ? ["pipelines/Demand.cs"] : null },
            Then with { Model = Digest.Of("other") })
            .Single().Value.ShouldBe(told);

    [Fact]
    public void Where_nothing_that_is_recorded_differs_that_is_told() =>
        ReproductionCheck.Differences(Then, Clean, Then with { Model = Digest.Of("other") }).Single().What
            .ShouldBe("The model is another one, and nothing that is recorded says why");

    [Fact]
    public void What_has_no_lineage_cannot_be_made_once_more()
    {
        ReproductionCheck.Obstacles(Then, Clean).ShouldBeEmpty();
        ReproductionCheck.Obstacles(Then, null).Single().Value.ShouldBe("its commit is not known");
        ReproductionCheck.Obstacles(Then with { Model = null, Trainer = "v1 recalibrated (Platt)" }, null)
            .Select(obstacle => obstacle.Value).ShouldBe(
                ["its commit is not known", "no model was trained in it", "it is v1 recalibrated (Platt)"]);
    }
}
