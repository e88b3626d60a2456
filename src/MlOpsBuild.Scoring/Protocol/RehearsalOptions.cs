using MlOpsBuild.Scoring.Answers;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Rehearsal traffic: seeded, replaying labelled rows; ends when its standard input closes.</summary>
/// <param name="Port">The gateway's port on loopback.</param>
/// <param name="RowsFile">Labelled rows, one JSON object a line.</param>
/// <param name="RequestsPerSecond">Rate of the Poisson arrivals; fewer are sent while answers are slow.</param>
/// <param name="Seed">Seed of arrivals and of the order of rows.</param>
/// <param name="ResultFile">Receives a <see cref="RehearsalResult"/>.</param>
/// <param name="FeedbackToken">Bearer token of <c>/feedback</c>.</param>
public sealed record RehearsalOptions(
    int Port, string RowsFile, double RequestsPerSecond, long Seed, string ResultFile, string FeedbackToken)
{
    /// <summary>Classes whose names are sent as labels; null sends numbers.</summary>
    public ClassSet? Classes { get; init; }

    /// <summary>How answers that are texts are rated; null rates none, and sends no label for them.</summary>
    public AnswerRating? Rating { get; init; }
}
