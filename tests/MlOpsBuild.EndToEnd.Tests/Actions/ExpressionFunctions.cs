using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>The functions of GitHub's expressions.</summary>
internal static partial class ExpressionFunctions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static JsonNode? Call(string name, JsonNode?[] arguments, ExpressionScope scope) => (name.ToLowerInvariant(), arguments) switch
    {
        ("always", []) => true,
        ("success", []) => !scope.Failed,
        ("failure", []) => scope.Broke,
        ("cancelled", []) => false,
        ("contains", [JsonArray items, var wanted]) => items.Any(item => ExpressionValue.Compare(item, wanted) == 0),
        ("contains", [var text, var part]) =>
            ExpressionValue.Text(text).Contains(ExpressionValue.Text(part), StringComparison.OrdinalIgnoreCase),
        ("startswith", [var text, var start]) =>
            ExpressionValue.Text(text).StartsWith(ExpressionValue.Text(start), StringComparison.OrdinalIgnoreCase),
        ("endswith", [var text, var end]) =>
            ExpressionValue.Text(text).EndsWith(ExpressionValue.Text(end), StringComparison.OrdinalIgnoreCase),
        ("format", [var pattern, .. var values]) => Format(ExpressionValue.Text(pattern), values),
        ("join", [var items]) => Join(items, ","),
        ("join", [var items, var between]) => Join(items, ExpressionValue.Text(between)),
        ("tojson", [var value]) => value?.ToJsonString(Indented) ?? "null",
        ("fromjson", [var text]) => JsonNode.Parse(ExpressionValue.Text(text)),
        _ => throw new FormatException($"no function {name} of {arguments.Length} arguments is known"),
    };

    private static string Join(JsonNode? items, string between) =>
        items is JsonArray ? string.Join(between, ExpressionValue.Items(items).Select(ExpressionValue.Text)) : ExpressionValue.Text(items);

    private static string Format(string pattern, JsonNode?[] values) => Place().Replace(
        pattern,
        match => match.Value is "{{" or "}}" ? match.Value[..1] : ExpressionValue.Text(values[int.Parse(match.Groups["place"].Value)]));

    [GeneratedRegex(@"\{\{|\}\}|\{(?<place>\d+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
