using System.Text.Json;
using Json.Schema;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>1 for an answer that is JSON and keeps to a JSON Schema.</summary>
/// <param name="name">Its name in reports.</param>
/// <param name="schema">The schema.</param>
internal sealed class SchemaAnswer(string name, JsonSchema schema)
{
    private static readonly List<string> Samples = ["{}", "[]", "\"\"", "0", "null"];
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.Flag, RequireFormatValidation = true };

    public string Name { get; } = name;

    /// <summary>The scorer's name for a schema in <paramref name="file"/>.</summary>
    public static string NameOf(string file) =>
        $"schema {Path.GetFileNameWithoutExtension(file).Replace(".schema", "", StringComparison.Ordinal)}";

    /// <summary>Reads the schema.</summary>
    /// <exception cref="StageFailedException">It is none.</exception>
    public static SchemaAnswer Read(string file, string root)
    {
        try
        {
            var schema = new SchemaAnswer(NameOf(file), JsonSchema.FromText(
                File.ReadAllText(Path.GetFullPath(file, root)), new BuildOptions { SchemaRegistry = new SchemaRegistry() }));

            // What it refers to is looked for when it is used.
            Samples.ForEach(sample => schema.Score(sample));
            return schema;
        }
        catch (Exception problem) when (problem is JsonException or JsonSchemaException or ArgumentException)
        {
            throw Refused(file, problem);
        }
    }

    private static StageFailedException Refused(string where, Exception problem) => new(new Finding(
        "MLB2063", "Not a JSON Schema", where, problem.Message, "a JSON Schema (draft 2020-12) in one file", "correct the file"));

    public double Score(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return schema.Evaluate(document.RootElement, Options).IsValid ? 1 : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
        catch (JsonSchemaException problem)
        {
            throw Refused(Name, problem);
        }
    }
}
