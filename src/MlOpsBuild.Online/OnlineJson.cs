using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Online;

/// <summary>How states and values are written: one line of JSON each, the same in every store.</summary>
internal static class OnlineJson
{
    public static byte[] Of(OnlineState state) => Written(writer =>
    {
        writer.WriteString("snapshot", state.Snapshot);
        writer.WriteString("at", state.At);
        writer.WriteNumber("count", state.Count);
        if (state.Newest is { } newest)
        {
            writer.WriteString("newest", newest);
        }

        writer.WriteStartArray("columns");
        foreach (var column in state.Columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
    });

    public static byte[] Of(OnlineValue value) => Written(writer =>
    {
        writer.WriteString("key", value.Key);
        writer.WriteString("at", Text(value.Time.At));
        writer.WriteString("known", Text(value.Time.Known));
        writer.WriteStartArray("values");
        foreach (var written in value.Values)
        {
            writer.WriteRawValue(written);
        }

        writer.WriteEndArray();
    });

    /// <summary>Reads a state.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static OnlineState State(ReadOnlyMemory<byte> line) => Read(line, root => new OnlineState(
        root.GetProperty("snapshot").GetString()!, root.GetProperty("at").GetDateTimeOffset(), root.GetProperty("count").GetInt32(),
        [.. root.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)])
    {
        Newest = root.TryGetProperty("newest", out var newest) ? newest.GetDateTimeOffset() : null,
    });

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static OnlineValue Value(ReadOnlyMemory<byte> line) => Read(line, root => new OnlineValue(
        root.GetProperty("key").GetString()!, new(Ticks(root, "at"), Ticks(root, "known")),
        [.. root.GetProperty("values").EnumerateArray().Select(value => value.GetRawText())]));

    private static T Read<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return read(document.RootElement);
        }
        catch (Exception problem) when (problem is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new JsonException("Not what an online store holds.", problem);
        }
    }

    // To the tick, so that what is compared is what was written.
    private static string Text(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);

    private static long Ticks(JsonElement root, string name) => DateTime.ParseExact(
        root.GetProperty(name).GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks;

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
