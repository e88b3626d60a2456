namespace MlOpsBuild.Modeling.Answers;

/// <summary>What a candidate answered, beside the metrics of it.</summary>
/// <param name="Cases">Cases.</param>
/// <param name="Repeats">Times that each was asked.</param>
/// <param name="Cut">Answers that were cut at the most tokens they may have.</param>
/// <param name="Shown">
/// Cases worth reading, the worst first: those whose score changed most against the champion's, or without one those with the lowest.
/// </param>
public sealed record AnswerOutcome(int Cases, int Repeats, int Cut, IReadOnlyList<ShownCase> Shown)
{
    /// <summary>Whether answers are left out, since a case holds personal data that they may repeat.</summary>
    public bool Hidden { get; init; }
}
