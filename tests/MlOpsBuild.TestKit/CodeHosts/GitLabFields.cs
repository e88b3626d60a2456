using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Parameters as GitLab takes them: from JSON, from a form or from the query.</summary>
internal static class GitLabFields
{
    /// <summary>The parameters of a request that writes, or the refusal of its body.</summary>
    public static (JsonObject Fields, HostAnswer? Refusal) Of(HostCall call)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in call.Query)
        {
            fields[name] = value;
        }

        var type = (call.Header("Content-Type") ?? "").Split(';')[0].Trim();
        switch (type)
        {
            case "" when call.Request.Body.Length == 0:
                return (fields, null);
            case "application/json":
                return call.Fields() is { } json
                    ? (fields.With(json), null)
                    : (fields, GitLabAnswers.Error(400, "message body does not match declared format"));
            case "application/x-www-form-urlencoded":
                foreach (var (name, value) in HostCall.Pairs(call.Request.Body))
                {
                    fields[name] = value;
                }

                return (fields, null);
            default:
                return (fields, GitLabAnswers.Error(415, $"The provided content-type '{type}' is not supported."));
        }
    }

    /// <summary>A parameter as text, whatever it was.</summary>
    public static string? Value(this JsonObject fields, string name) =>
        fields[name] is JsonValue value
            ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
            : null;

    /// <summary>The refusal of a request that lacks parameters.</summary>
    public static HostAnswer? Lacking(this JsonObject fields, params string[] names) =>
        names.Where(name => !fields.ContainsKey(name)).Select(name => $"{name} is missing").ToList() is { Count: > 0 } missing
            ? GitLabAnswers.Error(400, string.Join(", ", missing))
            : null;

    /// <summary>The refusal of a parameter that is there and none of the values it may have.</summary>
    public static HostAnswer? Outside(this JsonObject fields, string name, params string[] allowed) =>
        !fields.Has(name) || allowed.Contains(fields.Value(name)) ? null : GitLabAnswers.Error(400, $"{name} does not have a valid value");

    /// <summary>The refusal of a parameter that is there and too long.</summary>
    public static HostAnswer? Longer(this JsonObject fields, string name, int limit) =>
        fields.Value(name)?.Characters() > limit ? GitLabAnswers.Field(name, $"is too long (maximum is {limit} characters)") : null;

    /// <summary>The refusal of a page that cannot be.</summary>
    public static HostAnswer? BadPage(HostCall call)
    {
        foreach (var name in (string[])["page", "per_page"])
        {
            if (call.Query.TryGetValue(name, out var text)
                && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
            {
                return GitLabAnswers.Error(400, text == "0" ? $"{name} has a value not allowed" : $"{name} is invalid");
            }
        }

        return null;
    }
}
