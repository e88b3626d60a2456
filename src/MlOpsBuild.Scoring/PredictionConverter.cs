using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring;

/// <summary>A number, or an array where there are many classes.</summary>
internal sealed class PredictionConverter : JsonConverter<Prediction>
{
    private static readonly JsonSerializerOptions Numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public override Prediction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.StartArray
        ? new(JsonSerializer.Deserialize<double[]>(ref reader, Numbers)!)
        : new(JsonSerializer.Deserialize<double>(ref reader, Numbers));

    public override void Write(Utf8JsonWriter writer, Prediction value, JsonSerializerOptions options)
    {
        if (value.Count == 1)
        {
            JsonSerializer.Serialize(writer, value.Value, Numbers);
            return;
        }

        writer.WriteStartArray();
        for (var position = 0; position < value.Count; position++)
        {
            JsonSerializer.Serialize(writer, value[position], Numbers);
        }

        writer.WriteEndArray();
    }
}
