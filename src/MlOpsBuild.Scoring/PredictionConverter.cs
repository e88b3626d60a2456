using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring;

/// <summary>A number, an array where there are many classes, or an object with a text: what is no number is a text, too.</summary>
public sealed class PredictionConverter : JsonConverter<Prediction>
{
    private const string TextName = "answer";

    /// <inheritdoc />
    public override Prediction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.StartArray => new(JsonSerializer.Deserialize(ref reader, NumberJson.Default.DoubleArray)!),
            JsonTokenType.StartObject => new(TextOf(ref reader)),
            _ => new(JsonSerializer.Deserialize(ref reader, NumberJson.Default.Double)),
        };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Prediction value, JsonSerializerOptions options)
    {
        if (value.Text is { } text)
        {
            writer.WriteStartObject();
            writer.WriteString(TextName, text);
            writer.WriteEndObject();
            return;
        }

        if (value.Count == 1)
        {
            JsonSerializer.Serialize(writer, value.Value, NumberJson.Default.Double);
            return;
        }

        writer.WriteStartArray();
        for (var position = 0; position < value.Count; position++)
        {
            JsonSerializer.Serialize(writer, value[position], NumberJson.Default.Double);
        }

        writer.WriteEndArray();
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.TryGetProperty(TextName, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new JsonException($"Expected {{\"{TextName}\": a text}}.");
    }
}
