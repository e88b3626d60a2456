namespace MlOpsBuild.Components.Affected.Tests;

public sealed class AffectedPipelinesTests
{
    private static readonly PipelineFiles[] Pipelines =
    [
        new(
            "Rentals", new HashSet<string> { "pipelines/Rentals.cs", "pipelines/Rush.cs", "pipelines/Dates.cs" },
            ["data/rentals", "scripts/fit.py"]),
        new("Churn", new HashSet<string> { "pipelines/Churn.cs", "pipelines/Dates.cs" }, ["data/churn.csv"]),
    ];

    private static readonly HashSet<string> Shared = ["build/Build.cs", "pipelines/Rush.cs"];

    [Theory]
    [InlineData("pipelines/Rentals.cs", "Rentals")]
    [InlineData("pipelines/Churn.cs", "Churn")]
    [InlineData("pipelines/Dates.cs", "Rentals Churn")]
    [InlineData("data/rentals/2012/june.csv", "Rentals")]
    [InlineData("data/churn.csv", "Churn")]
    [InlineData("data/churn.csv.bak", "Rentals Churn")]
    [InlineData("scripts/fit.py", "Rentals")]
    [InlineData("scripts/other.py", "Rentals Churn")]
    [InlineData("build/Build.cs", "Rentals Churn")]
    [InlineData("pipelines/Rush.cs", "Rentals Churn")]
    [InlineData("pipelines/Deleted.cs", "Rentals Churn")]
    [InlineData("Directory.Packages.props", "Rentals Churn")]
    [InlineData("README.md", "")]
    [InlineData("data/rentals/README.md", "Rentals")]
    [InlineData(".github/workflows/ci.yml", "")]
    [InlineData(".nuke/build.schema.json", "")]
    [InlineData(".nuke/ml/build.schema.json", "")]
    [InlineData(".nuke/parameters.json", "Rentals Churn")]
    public void A_file_reaches_whom_it_may_matter_to(string file, string affected) =>
        string.Join(' ', AffectedPipelines.Of(Pipelines, Shared, [file]).Keys).ShouldBe(affected);

    [Fact]
    public void The_first_file_that_reaches_it_is_named() =>
        AffectedPipelines.Of(Pipelines, Shared, ["README.md", "data/churn.csv", "pipelines/Churn.cs"])
            .ShouldBe(new Dictionary<string, string> { ["Churn"] = "data/churn.csv" });

    [Fact]
    public void What_cannot_be_told_is_affected() =>
        AffectedPipelines.Of([.. Pipelines, new("Unknown", null, [])], Shared, ["pipelines/Churn.cs"]).Keys.ShouldBe(["Churn", "Unknown"]);

    [Fact]
    public void Nothing_that_changed_reaches_nobody() => AffectedPipelines.Of(Pipelines, Shared, []).ShouldBeEmpty();
}
