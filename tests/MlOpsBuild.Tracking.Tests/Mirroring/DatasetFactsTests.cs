using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

public sealed class DatasetFactsTests
{
    [Fact]
    public void Data_has_a_digest_that_MLflow_keeps_and_the_whole_one_in_its_source()
    {
        var input = DatasetFacts.Of(Sample.Run("r"), Sample.Contract);
        var dataset = input["dataset"]!.AsObject();

        dataset["digest"]!.GetValue<string>().ShouldBe(Sample.Data.Hex[..32]);
        Parsed(dataset, "source")["sha256"]!.GetValue<string>().ShouldBe(Sample.Data.Hex);
        Parsed(dataset, "source")["uri"]!.GetValue<string>().ShouldBe("rentals.csv");
        (dataset["name"]!.GetValue<string>(), dataset["source_type"]!.GetValue<string>()).ShouldBe(("rentals.csv", "local"));
        Parsed(dataset, "profile")["num_rows"]!.GetValue<int>().ShouldBe(17_379);
        input["tags"]!.ToJsonString().ShouldBe("""[{"key":"mlflow.data.context","value":"training"}]""");
    }

    /// <summary>Types as MLflow's schema of columns names them.</summary>
    [Fact]
    public void Columns_have_MLflows_types() =>
        Parsed(DatasetFacts.Of(Sample.Run("r"), Sample.Contract)["dataset"]!.AsObject(), "schema")["mlflow_colspec"]!.AsArray()
            .Select(column => $"{column!["name"]} {column["type"]} {column["required"]}")
            .ShouldBe(
            [
                "Hour long true", "Temperature double false", "Season string true", "Holiday boolean true", "Day datetime true",
                "Count double true",
            ]);

    [Theory]
    [InlineData("https://data.example.org/hour.csv", false, "http")]
    [InlineData("simulated demand", true, "code")]
    [InlineData("data/*.parquet", false, "local")]
    public void The_kind_of_source_is_said(string source, bool simulated, string expected) =>
        DatasetFacts.Of(Sample.Run("r") with { DataSource = source, Simulated = simulated }, null)["dataset"]!["source_type"]!
            .GetValue<string>().ShouldBe(expected);

    [Fact]
    public void Without_a_contract_or_rows_there_is_neither_schema_nor_profile()
    {
        var dataset = DatasetFacts.Of(Sample.Run("r") with { Rows = null, DataSource = null }, null)["dataset"]!.AsObject();

        dataset.Select(field => field.Key).ShouldBe(["name", "digest", "source_type", "source"]);
        dataset["name"]!.GetValue<string>().ShouldBe("Demand");
    }

    private static JsonObject Parsed(JsonObject dataset, string field) =>
        JsonNode.Parse(dataset[field]!.GetValue<string>())!.AsObject();
}
