using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed class ReportSchemaTests
{
    [Fact]
    public void The_published_schema_is_the_one_of_the_report()
    {
        var wanted = Schema();
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") != null)
        {
            File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("MLOPS_REPOSITORY")!, "src", "MlOpsBuild.Reporting", "Schema", ReportSchema.FileName), wanted);
            return;
        }

        ReportSchema.Text.ShouldBe(wanted, "set MLOPS_APPROVE=1 and run this test to renew the file");
    }

    private static string Schema()
    {
        var options = new JsonSerializerOptions(CanonicalJson.Options) { RespectNullableAnnotations = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var schema = (JsonObject)options.GetJsonSchemaAsNode(typeof(Report), new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Report of MlOpsBuild");
        return schema.ToJsonString(new(options) { WriteIndented = true }) + "\n";
    }

    // What is null is not written: only what is never null must be there.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(Digest))
        {
            return new JsonObject { ["type"] = "string", ["pattern"] = "^sha256:[0-9a-f]{64}$" };
        }

        foreach (var property in context.TypeInfo.Properties.Where(property => property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) != null))
        {
            (node["required"] as JsonArray)?.RemoveAll(name => name!.GetValue<string>() == property.Name);
        }

        return node;
    }
}
