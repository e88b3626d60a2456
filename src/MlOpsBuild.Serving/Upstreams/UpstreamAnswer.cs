using System.Net;
using MlOpsBuild.Core;
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

    /// <summary>As an event or a prediction.</summary>
    public ArmAnswer Judge()
    {
        var answers = IsPrediction ? Answers() : [];
        var good = answers.Count > 0 && answers.All(answer => answer.Read() != null);
        BadEvent? bad = good ? null : IsPrediction ? BadEvent.Invalid : IsRefusal ? BadEvent.Refused : BadEvent.Error;
        return new(Took.TotalMilliseconds, good && answers.Count == 1 ? answers[0].Read() : null, bad);
    }

    private List<PredictionAnswer> Answers() => Body.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8)
        ? CanonicalJson.TryDeserialize<List<PredictionAnswer>>(Body.Span, JsonAnswer.Strict) ?? []
        : CanonicalJson.TryDeserialize<PredictionAnswer>(Body.Span, JsonAnswer.Strict) is { } answer ? [answer] : [];
}
