using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Core;

/// <summary>
/// One JSON form for everything that is stored or hashed: properties in declaration order, camel case,
/// indented by two, line feeds, shortest round-trip numbers (NaN and infinities as strings), enums by name.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The serializer options of that form.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The bytes that stand for <paramref name="value"/>, ending in a line feed.</summary>
    public static byte[] Serialize<T>(T value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, Options) + "\n");

    /// <summary>Reads what <see cref="Serialize{T}"/> wrote; throws <see cref="JsonException"/> when it is not that.</summary>
    public static T Deserialize<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    /// <summary>The same; null when it is not that.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="options">How to read them; <see cref="Options"/> when left out.</param>
    public static T? TryDeserialize<T>(ReadOnlySpan<byte> json, JsonSerializerOptions? options = null) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, options ?? Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new DigestJsonConverter());
        return options;
    }
}
