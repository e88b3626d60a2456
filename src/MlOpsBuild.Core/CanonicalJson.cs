using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlOpsBuild.Core;

/// <summary>
/// One JSON form for everything that is stored or hashed: properties in declaration order, camel case,
/// indented by two, line feeds, shortest round-trip numbers (NaN and infinities as strings), enums by name.
/// </summary>
public static class CanonicalJson
{
    /// <summary>
    /// The serializer options of that form. Types are found by reflection; a program that does without it puts what was generated for its
    /// types at the front of <see cref="JsonSerializerOptions.TypeInfoResolverChain"/> before it reads or writes anything.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>How <typeparamref name="T"/> is read and written.</summary>
    /// <param name="options">In which form; <see cref="Options"/> when left out.</param>
    public static JsonTypeInfo<T> Of<T>(JsonSerializerOptions? options = null) =>
        (JsonTypeInfo<T>)(options ?? Options).GetTypeInfo(typeof(T));

    /// <summary>The bytes that stand for <paramref name="value"/>, ending in a line feed.</summary>
    public static byte[] Serialize<T>(T value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, Of<T>()) + "\n");

    /// <summary>Reads what <see cref="Serialize{T}"/> wrote; throws <see cref="JsonException"/> when it is not that.</summary>
    public static T Deserialize<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(WithoutMark(json), Of<T>()) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    /// <summary>The same; null when it is not that.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="options">How to read them; <see cref="Options"/> when left out.</param>
    public static T? TryDeserialize<T>(ReadOnlySpan<byte> json, JsonSerializerOptions? options = null) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(WithoutMark(json), Of<T>(options));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same without the mark of UTF-8, which editors on Windows put before what they save.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only where reflection is there, which a trimmed program says it is not.")]
    [UnconditionalSuppressMessage(
        "AOT", "IL3050", Justification = "Only where reflection is there, which a native program says it is not.")]
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
        options.Converters.Add(new DigestJsonConverter());
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            options.Converters.Add(new JsonStringEnumConverter());
        }

        if (JsonSerializer.IsReflectionEnabledByDefault)
        {
            options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        }

        return options;
    }
}
