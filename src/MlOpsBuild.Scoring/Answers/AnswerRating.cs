namespace MlOpsBuild.Scoring.Answers;

/// <summary>How good an answer is: the mean of what several scorers say.</summary>
/// <param name="Scorers">At least one.</param>
public sealed record AnswerRating(IReadOnlyList<TextScorer> Scorers)
{
    /// <summary>From 0 to 1; null where what a good answer says is needed and not known.</summary>
    public double? Of(string answer, string? expected) =>
        expected == null && Scorers.Any(scorer => scorer.NeedsExpected) ? null : Scorers.Average(scorer => scorer.Score(answer, expected));
}
