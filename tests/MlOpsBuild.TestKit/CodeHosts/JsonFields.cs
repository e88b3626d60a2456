using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Reading fields of a body.</summary>
internal static class JsonFields
{
    public static bool Has(this JsonObject fields, string name) => fields[name] is not null;

    public static string? Text(this JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static long? Number(this JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static JsonObject? Inner(this JsonObject fields, string name) => fields[name] as JsonObject;

    /// <summary>The first field that is none of these: a host may pass over it, a test may not.</summary>
    public static string? Unknown(this JsonObject fields, params string[] known) =>
        fields.Select(field => field.Key).FirstOrDefault(name => !known.Contains(name));

    /// <summary>Its length as both hosts count it: in characters of Unicode, not in UTF-16 units.</summary>
    public static int Characters(this string text) => text.EnumerateRunes().Count();

    /// <summary>Whether it can be the full name of a commit: neither host takes a short one for a status.</summary>
    public static bool IsCommit(this string? text) => text is { Length: 40 } && text.All(char.IsAsciiHexDigit);

    /// <summary>Puts the fields of another object over these.</summary>
    public static JsonObject With(this JsonObject fields, JsonObject others)
    {
        foreach (var (name, value) in others)
        {
            fields[name] = value?.DeepClone();
        }

        return fields;
    }

    public static JsonElement Frozen(this JsonObject fields) => JsonSerializer.SerializeToElement(fields);
}
