using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Core;

/// <summary>Writes a <see cref="Digest"/> as its <c>sha256:…</c> text.</summary>
public sealed class DigestJsonConverter : JsonConverter<Digest>
{
    /// <inheritdoc />
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException("Expected sha256: and 64 hexadecimal digits.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
