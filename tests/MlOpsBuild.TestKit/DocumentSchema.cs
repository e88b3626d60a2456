using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using MlOpsBuild.Core;

namespace MlOpsBuild.TestKit;

/// <summary>The JSON schema of a document, made from its type, and the file that publishes it.</summary>
public static class DocumentSchema
{
    /// <summary>The schema.</summary>
    /// <param name="document">The document's type.</param>
    /// <param name="title">What it is.</param>
    /// <param name="options">How it is written; the form of all that is stored when left out.</param>
    public static string Of(Type document, string title, JsonSerializerOptions? options = null)
    {
        var form = new JsonSerializerOptions(options ?? CanonicalJson.Options)
        {
            RespectNullableAnnotations = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver()
        };
        var schema = (JsonObject)form.GetJsonSchemaAsNode(
            document, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(new(form) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    /// <summary>Compares it with a file of the repository; with <c>MLOPS_APPROVE</c> set, writes that anew.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">The file's path in the repository.</param>
    public static void ShouldBeIn(string schema, params string[] path)
    {
        var file = Path.Combine([RepositoryRoot.Path, .. path]);
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, schema);
        }

        File.Exists(file).ShouldBeTrue(file);
        File.ReadAllText(file).ReplaceLineEndings("\n").ShouldBe(schema, "set MLOPS_APPROVE=1 and run this test to renew the file");
    }

    // What is null is not written: only what is never null must be there.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(Digest))
        {
            return new JsonObject { ["type"] = "string", ["pattern"] = "^sha256:[0-9a-f]{64}$" };
        }

        foreach (var property in context.TypeInfo.Properties.Where(property => property.IsGetNullable
            || Nullable.GetUnderlyingType(property.PropertyType) != null))
        {
            (node["required"] as JsonArray)?.RemoveAll(name => name!.GetValue<string>() == property.Name);
        }

        return node;
    }
}
