using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOpsBuild.Rendering;

/// <summary>Makes a value harmless in YAML.</summary>
internal static class YamlText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value in double quotes: YAML reads what JSON writes.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, Plain);
}
