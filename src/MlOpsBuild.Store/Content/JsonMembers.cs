using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Content;

/// <summary>Reads single members of a record without reading all of it.</summary>
public static class JsonMembers
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All of a record as text; null where it is none.</summary>
    public static string? WholeText(byte[] record)
    {
        try
        {
            return Strict.GetString(record);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The text of the member called <paramref name="name"/>; null where there is none, or the record cannot be read.</summary>
    public static string? TextOf(ReadOnlySpan<byte> record, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(CanonicalJson.WithoutMark(record));
            for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
            {
                var wanted = reader.ValueTextEquals(name);
                reader.Read();
                if (wanted)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
