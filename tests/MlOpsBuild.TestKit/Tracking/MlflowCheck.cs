using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>Refuses a request whose fields are not those of the definition: unknown ones, other kinds, missing ones.</summary>
internal static class MlflowCheck
{
    private static readonly string[] SpecialNumbers = ["NaN", "Infinity", "-Infinity"];

    /// <summary>Checks the request of <paramref name="call"/>.</summary>
    public static void Require(string call, JsonObject request)
    {
        var fields = MlflowDefinition.Instance.FieldsOf(call) ?? throw new MlflowRefusal("ENDPOINT_NOT_FOUND", $"No API found for {call}");
        Require(call, fields, request);
    }

    private static void Require(string where, IReadOnlyList<MlflowField> fields, JsonObject request)
    {
        foreach (var (name, value) in request)
        {
            var field = fields.FirstOrDefault(field => field.Name == name)
                ?? throw MlflowRefusal.Invalid($"{where} has no field named \"{name}\"");
            if (!field.Repeated)
            {
                RequireOne($"{where}.{name}", field.Kind, value);
                continue;
            }

            foreach (var item in value as JsonArray ?? throw MlflowRefusal.Invalid($"{where}.{name} is no list"))
            {
                RequireOne($"{where}.{name}", field.Kind, item);
            }
        }

        if (fields.FirstOrDefault(field => field.Required && IsMissing(field)) is { Name: var missing })
        {
            throw MlflowRefusal.Invalid($"Missing value for required parameter '{missing}' of {where}");
        }

        // A tag may have an empty value, a thing no empty name.
        bool IsMissing(MlflowField field) => request[field.Name] is not { } value
            || (field.Name != "value" && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0);
    }

    private static void RequireOne(string where, string kind, JsonNode? value)
    {
        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        var fits = kind switch
        {
            "string" => text != null,
            "double" => value?.GetValueKind() == JsonValueKind.Number || SpecialNumbers.Contains(text),
            "int64" or "int32" => long.TryParse(
                text ?? value?.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        if (MlflowDefinition.Instance.ValuesOf(kind) is { } values)
        {
            fits = values.Contains(text);
        }
        else if (MlflowDefinition.Instance.FieldsOf(kind) is { } fields)
        {
            Require(where, fields, value as JsonObject ?? throw MlflowRefusal.Invalid($"{where} is no {kind}"));
        }

        if (!fits)
        {
            throw MlflowRefusal.Invalid($"{where}: {value?.ToJsonString()} is no {kind}");
        }
    }
}
