using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>
/// Writes requests as lines of a log: columns of the contract and nothing else, personal data as keyed hashes where the policy wants them
/// and not at all where it does not.
/// </summary>
/// <param name="key">Key of the hashes.</param>
/// <param name="told">Told each prediction with its version.</param>
internal sealed class LogLines(byte[] key, Action<int, Prediction> told) : IDisposable
{
    private const int HashBytes = 8;
    private static readonly SearchValues<byte> Unusual = SearchValues.Create("{[\r\n"u8);

    private static readonly JsonWriterOptions Fast = new()
    {
        SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ArrayBufferWriter<byte> _features = new();
    private Utf8JsonWriter? _featureWriter;
    private Utf8JsonWriter? _lineWriter;
    private (RequestContract? Contract, PredictionLogPolicy Policy, Dictionary<string, bool> Kept)? _columns;

    /// <summary>Appends a line for each row of a request that was answered, or one for a request that was not.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="ids">Takes the ids of the predictions in them.</param>
    public void Write(IBufferWriter<byte> lines, LoggedRequest request, ICollection<ulong> ids)
    {
        var answer = request.Answer!;
        var one = OnlyOne(answer);
        if (one is { } only && IsKeptAsItCame(request))
        {
            Write(lines, request, request.Id, request.Body, only, request.Lookups?[0]);
            ids.Add(LoggedId.Of(request.Id));
            return;
        }

        var rows = one is { } single ? [single] : RowsOf(answer);
        if (rows.Count == 0)
        {
            var refusal = Begin(lines, request, request.Id);
            refusal.WriteNumber("version"u8, request.Version);
            refusal.WriteNumber("status"u8, answer.Status);
            End(lines, refusal);
            return;
        }

        var several = answer.Rows != null;
        var reader = new Utf8JsonReader(request.Body);
        reader.Read();
        foreach (var (position, prediction) in rows.Index())
        {
            if (several)
            {
                reader.Read();
            }

            var id = several ? RequestId.OfRow(request.Id, position) : request.Id;
            CopyFeatures(ref reader, Columns(request.Routes));
            Write(lines, request, id, _features.WrittenSpan, prediction, request.Lookups?.ElementAtOrDefault(position));
            ids.Add(LoggedId.Of(id));
        }
    }

    /// <summary>Appends the line of a label.</summary>
    public void WriteLabel(IBufferWriter<byte> lines, LoggedRequest label)
    {
        var writer = Begin(lines, label, label.Id);
        writer.WriteNumber("label"u8, label.Label);
        End(lines, writer);
    }

    private void Write(
        IBufferWriter<byte> lines, LoggedRequest request, string id, ReadOnlySpan<byte> features, Prediction prediction, LookedUp? lookup)
    {
        var writer = Begin(lines, request, id);
        writer.WriteNumber("version"u8, request.Version);
        writer.WritePropertyName("features"u8);
        writer.WriteRawValue(features, skipInputValidation: true);
        if (lookup != null)
        {
            Write(writer, lookup);
        }

        Write(writer, prediction, request.Routes.Contract is { Personal.Count: 0 });
        told(request.Version, prediction);
        writer.WriteNumber("ms"u8, Math.Round(request.Answer!.Took.TotalMilliseconds, 3));
        End(lines, writer);
    }

    private static void Write(Utf8JsonWriter writer, LookedUp lookup)
    {
        writer.WriteStartObject("lookedUp"u8);
        writer.WriteString("at"u8, lookup.At);
        writer.WriteStartObject("views"u8);
        foreach (var (view, outcome) in lookup.Views)
        {
            writer.WriteString(view, outcome.ToString());
        }

        writer.WriteEndObject();
        writer.WriteStartArray("columns"u8);
        foreach (var column in lookup.Columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static IReadOnlyList<Prediction> RowsOf(UpstreamAnswer answer)
    {
        answer.Judge(out var rows);
        return rows;
    }

    // Most requests ask for one row and get one number: to read that alone costs a tenth of reading all of the answer.
    private static Prediction? OnlyOne(UpstreamAnswer answer)
    {
        if (!answer.IsPrediction)
        {
            return null;
        }

        var reader = new Utf8JsonReader(answer.Body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNumber = reader.ValueTextEquals("prediction"u8) || reader.ValueTextEquals("probability"u8);
            reader.Read();
            if (isNumber && reader.TokenType == JsonTokenType.Number)
            {
                return reader.GetDouble();
            }

            reader.Skip();
        }

        return null;
    }

    private Utf8JsonWriter Begin(IBufferWriter<byte> lines, LoggedRequest request, string id)
    {
        var writer = _lineWriter ??= new(lines, Fast);
        writer.Reset(lines);
        writer.WriteStartObject();
        writer.WriteString("at"u8, request.At);
        writer.WriteString("id"u8, id);
        return writer;
    }

    private static void End(IBufferWriter<byte> lines, Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.Flush();
        lines.Write("\n"u8);
    }

    public void Dispose()
    {
        _featureWriter?.Dispose();
        _lineWriter?.Dispose();
    }

    // A text may repeat what it was asked: where that holds personal data, only that it was answered is kept.
    private static void Write(Utf8JsonWriter writer, Prediction prediction, bool keepsTexts)
    {
        writer.WritePropertyName("prediction"u8);
        if (keepsTexts && prediction.Text is { } text)
        {
            writer.WriteStartObject();
            writer.WriteString("answer"u8, text);
            writer.WriteEndObject();
            return;
        }

        if (prediction.Count == 1)
        {
            writer.WriteNumberValue(prediction.Value);
            return;
        }

        writer.WriteStartArray();
        for (var position = 0; position < prediction.Count; position++)
        {
            writer.WriteNumberValue(prediction[position]);
        }

        writer.WriteEndArray();
    }

    // A model answers no row with a column that its contract does not know: where none is personal, what was asked is what is kept. To
    // copy it costs a fifth of reading and writing every name and value. The contract in force is the baseline's: what another version
    // answered may have columns that are personal by its own.
    private static bool IsKeptAsItCame(LoggedRequest request) =>
        request.Routes.Canary == null && request.Version == request.Routes.Baseline?.Version
        && request.Routes.Contract is { Personal.Count: 0, Columns.Count: > 0 } && request.Answer!.IsPrediction
        && request.Body is [(byte)'{', .., (byte)'}'] && request.Body.AsSpan(1).IndexOfAny(Unusual) < 0;

    // Leaves the reader at the end of the object that it stands at the start of.
    private void CopyFeatures(ref Utf8JsonReader reader, Dictionary<string, bool> kept)
    {
        _features.ResetWrittenCount();
        var writer = _featureWriter ??= new(_features, Fast);
        writer.Reset(_features);
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var asItIs = kept.TryGetValue(name, out var open) ? open : PastValues.IsName(name) ? true : (bool?)null;
            if (asItIs == null || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            var raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
            writer.WritePropertyName(name);
            if (asItIs == false)
            {
                writer.WriteStringValue(HashOf(raw));
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                writer.WriteStringValue(reader.GetString());
            }
            else
            {
                writer.WriteRawValue(raw, skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    private string HashOf(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, value, hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    // True as it is, false hashed; a column that is not there is not kept.
    private Dictionary<string, bool> Columns(RouteTable routes)
    {
        if (_columns is { } known && ReferenceEquals(known.Contract, routes.Contract) && ReferenceEquals(known.Policy, routes.Log))
        {
            return known.Kept;
        }

        var kept = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var column in routes.Contract?.Columns ?? [])
        {
            if (!routes.Contract!.Personal.Contains(column.Name))
            {
                kept[column.Name] = true;
            }
            else if (routes.Log.Hashed.Contains(column.Name))
            {
                kept[column.Name] = false;
            }
        }

        _columns = (routes.Contract, routes.Log, kept);
        return kept;
    }
}
