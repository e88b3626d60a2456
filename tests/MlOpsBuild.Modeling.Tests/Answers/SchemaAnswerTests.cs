using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class SchemaAnswerTests : IDisposable
{
    private const string Schema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/triage.schema.json",
          "type": "object", "required": ["team"], "additionalProperties": false,
          "properties": { "team": { "enum": ["billing", "technical"] }, "since": { "type": "string", "format": "date" } }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"team": "billing"}""", 1)]
    [InlineData("""{"team": "billing", "since": "2026-11-29"}""", 1)]
    [InlineData("""{"team": "billing", "since": "yesterday"}""", 0)]
    [InlineData("""{"team": "sales"}""", 0)]
    [InlineData("""{"team": "billing", "why": 1}""", 0)]
    [InlineData("""{"team": "billing"} Yours.""", 0)]
    [InlineData("billing", 0)]
    [InlineData("", 0)]
    public void An_answer_is_JSON_that_keeps_to_the_schema(string answer, double score)
    {
        Read(Schema).Score(answer).ShouldBe(score);
        Read(Schema).Score(answer).ShouldBe(score, "a schema may be read any number of times");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("""{"type": 7}""")]
    public void What_is_no_schema_is_told_with_its_file(string schema) =>
        Should.Throw<StageFailedException>(() => Read(schema)).Findings.ShouldHaveSingleItem().Where.ShouldBe("triage.schema.json");

    [Fact]
    public void Its_name_is_that_of_its_file() => Read(Schema).Name.ShouldBe("schema triage");

    private SchemaAnswer Read(string schema)
    {
        File.WriteAllText(_folder["triage.schema.json"], schema);
        return SchemaAnswer.Read("triage.schema.json", _folder.Path);
    }
}
