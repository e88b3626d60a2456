using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring;

/// <summary>A number, or an array where there are many classes.</summary>
public sealed class PredictionConverter : JsonConverter<Prediction>
{
    /// <inheritdoc />
    public override Prediction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray
            ? new(JsonSerializer.Deserialize(ref reader, NumberJson.Default.DoubleArray)!)
            : new(JsonSerializer.Deserialize(ref reader, NumberJson.Default.Double));

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Prediction value, JsonSerializerOptions options)
    {
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
}
