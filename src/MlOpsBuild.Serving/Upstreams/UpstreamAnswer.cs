using System.Net;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Upstreams;

/// <summary>What a model server answered.</summary>
/// <param name="Status">HTTP status; 502 when there was no answer.</param>
/// <param name="Body">The body.</param>
/// <param name="Took">From sending to the last byte.</param>
/// <param name="Unreachable">True when there was no answer at all.</param>
internal sealed record UpstreamAnswer(int Status, ReadOnlyMemory<byte> Body, TimeSpan Took, bool Unreachable = false)
{
    /// <summary>Whether the server says that the caller is wrong.</summary>
    public bool IsRefusal => Status is >= (int)HttpStatusCode.BadRequest and < (int)HttpStatusCode.InternalServerError;

    /// <summary>Whether it answered with what should be a prediction.</summary>
    public bool IsPrediction => Status == (int)HttpStatusCode.OK;

    /// <summary>Rows that it answers at once, in a list; null for one row by itself.</summary>
    public int? Rows => IsList ? CanonicalJson.TryDeserialize<List<PredictionAnswer>>(Body.Span, JsonAnswer.Strict)?.Count ?? 0 : null;

    private bool IsList => Body.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8);

    /// <summary>As an event or a prediction.</summary>
    /// <param name="rows">The predictions row by row; empty where one of them is none.</param>
    public ArmAnswer Judge(out IReadOnlyList<Prediction> rows)
    {
        List<Prediction?> read = IsPrediction ? [.. Answers().Select(answer => answer.Read())] : [];
        var good = read.Count > 0 && read.All(prediction => prediction != null);
        rows = good ? [.. read.Select(prediction => prediction!.Value)] : [];
        BadEvent? bad = good ? null : IsPrediction ? BadEvent.Invalid : IsRefusal ? BadEvent.Refused : BadEvent.Error;
        return new(Took.TotalMilliseconds, rows is [var only] ? only : null, bad);
    }

    private List<PredictionAnswer> Answers() => IsList
        ? CanonicalJson.TryDeserialize<List<PredictionAnswer>>(Body.Span, JsonAnswer.Strict) ?? []
        : CanonicalJson.TryDeserialize<PredictionAnswer>(Body.Span, JsonAnswer.Strict) is { } answer ? [answer] : [];
}
