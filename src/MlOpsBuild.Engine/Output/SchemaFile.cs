using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Engine.Definition;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>
/// <c>.nuke/build.schema.json</c>: the names of targets and the types of parameters, for editors that complete
/// <c>.nuke/parameters.json</c>. Written when the program is built, and only when its content changes.
/// </summary>
internal static class SchemaFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static void Write(NukeBuild build, BuildContext context)
    {
        var path = AbsolutePath.Create(context.Root) / context.SettingsFolder / "build.schema.json";

        // On a build server the checkout is what was reviewed.
        if (context.IsServerBuild || !(AbsolutePath.Create(context.Root) / ".nuke").DirectoryExists())
        {
            return;
        }

        var text = Of(build) + "\n";
        if (!path.FileExists() || path.ReadAllText() != text)
        {
            path.WriteAllText(text);
        }
    }

    public static string Of(NukeBuild build)
    {
        var targets = TargetCatalog.Of(build)
            .Targets.Where(target => target.Listed)
            .Select(target => target.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        var properties = new JsonObject();
        foreach (var declaration in ParameterDeclaration.Of(build.GetType(), [])
            .Where(declaration => declaration.Attribute.List)
            .OrderBy(declaration => declaration.Name, StringComparer.Ordinal))
        {
            var names = declaration is { IsBuiltIn: true, Name: "skip" } ? targets : null;
            properties[declaration.Name] = Property(declaration, names);
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"Parameters of {build.GetType().Name}",
            ["type"] = "object",
            ["properties"] = properties,
            ["$defs"] = new JsonObject { ["target"] = new JsonObject { ["enum"] = Strings(targets) } },
        }.ToJsonString(Json);
    }

    private static JsonObject Property(ParameterDeclaration declaration, IReadOnlyList<string>? names)
    {
        var element = new JsonObject { ["type"] = Kind(declaration.ElementType) };
        if (names != null)
        {
            element = new JsonObject { ["$ref"] = "#/$defs/target" };
        }
        else if (declaration.ElementType.IsEnum)
        {
            element["enum"] = Strings(Enum.GetNames(declaration.ElementType));
        }

        var property = declaration.IsList ? new JsonObject { ["type"] = "array", ["items"] = element } : element;
        if (declaration.Attribute.Description is { } text)
        {
            property["description"] = text;
        }

        return property;
    }

    private static string Kind(Type type) =>
        type == typeof(bool) ? "boolean" : ParsedValue.IsWhole(type) ? "integer" : ParsedValue.IsNumber(type) ? "number" : "string";

    private static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
