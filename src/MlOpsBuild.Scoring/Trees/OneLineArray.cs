using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlOpsBuild.Scoring.Trees;

/// <summary>Writes an array of numbers in one line: a model of trees has hundreds of thousands of them.</summary>
/// <typeparam name="T">A whole number, or one of single or double precision.</typeparam>
public sealed class OneLineArray<T> : JsonConverter<T[]>
{
    private static readonly JsonTypeInfo<T[]> Numbers = (JsonTypeInfo<T[]>)NumberJson.Default.GetTypeInfo(typeof(T[]))!;

    /// <inheritdoc />
    public override T[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, Numbers);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value, Numbers), skipInputValidation: true);
}
