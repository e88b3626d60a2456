using System.Text.Json;
using System.Text.Encodings.Web;

namespace MlOpsBuild.Components.Ci;

/// <summary>Text as a YAML scalar that can be nothing else.</summary>
internal static class Yaml
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In double quotes: YAML reads what JSON writes.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}
