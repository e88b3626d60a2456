using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>The value of a field as it stands in a prompt.</summary>
public static class FieldText
{
    /// <summary>The text of a value; empty where it is missing.</summary>
    public static string Of(JsonNode? value) => value == null ? ""
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
