using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>How GitHub's expressions see values.</summary>
internal static class ExpressionValue
{
    private const int Unordered = 2;

    public static bool IsTrue(JsonNode? value) => Kind(value) switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => Number(value) is not 0 and not double.NaN,
        JsonValueKind.String => Text(value).Length > 0,
        _ => true,
    };

    /// <summary>Less than, equal to, greater than zero; a value of its own when the two cannot be ordered.</summary>
    public static int Compare(JsonNode? left, JsonNode? right)
    {
        if (Kind(left) == JsonValueKind.String && Kind(right) == JsonValueKind.String)
        {
            return Math.Sign(string.Compare(Text(left), Text(right), StringComparison.OrdinalIgnoreCase));
        }

        if (left is JsonObject or JsonArray || right is JsonObject or JsonArray)
        {
            return ReferenceEquals(left, right) ? 0 : Unordered;
        }

        var (first, second) = (Number(left), Number(right));
        return double.IsNaN(first) || double.IsNaN(second) ? Unordered : first.CompareTo(second);
    }

    public static string Text(JsonNode? value) => Kind(value) switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => Number(value).ToString("G15", CultureInfo.InvariantCulture),
        JsonValueKind.String => value!.GetValue<string>(),
        JsonValueKind.Array => "Array",
        _ => "Object",
    };

    /// <summary>A property, by its name in any case; null when there is none.</summary>
    public static JsonNode? Property(JsonNode? value, string name) =>
        value is JsonObject members ? members.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
        : value is JsonArray items && int.TryParse(name, out var index) && index < items.Count ? items[index] : null;

    /// <summary>What follows a dot: a property, that of each of several, or <c>*</c> for all there is.</summary>
    public static JsonNode? Member(JsonNode? value, string name) =>
        name == "*" ? new JsonArray([.. Items(value).Select(item => item?.DeepClone())])
        : value is JsonArray items && !int.TryParse(name, out _)
            ? new JsonArray([.. items.Select(item => Property(item, name)?.DeepClone())])
        : Property(value, name);

    public static IEnumerable<JsonNode?> Items(JsonNode? value) =>
        value is JsonArray items ? items : value is JsonObject members ? members.Select(member => member.Value) : [];

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static double Number(JsonNode? value) => Kind(value) switch
    {
        JsonValueKind.Null or JsonValueKind.False => 0,
        JsonValueKind.True => 1,
        JsonValueKind.Number => double.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String when Text(value).Trim() is { Length: > 0 } text =>
            double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
        JsonValueKind.String => 0,
        _ => double.NaN,
    };
}
