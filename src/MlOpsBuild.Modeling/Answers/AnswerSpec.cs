using MlOpsBuild.Scoring.Answers;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>How answers are asked for and scored: a case's score is the mean over its answers and over all scorers.</summary>
/// <param name="Texts">Scorers that need nothing but the texts.</param>
/// <param name="Schemas">JSON Schema files, below the checkout, that answers must keep to.</param>
/// <param name="Judges">Language models that score.</param>
/// <param name="Repeats">How often each case is asked.</param>
public sealed record AnswerSpec(
    IReadOnlyList<TextScorer> Texts, IReadOnlyList<string> Schemas, IReadOnlyList<AnswerJudge> Judges, int Repeats)
{
    /// <summary>Times that each case is asked unless the pipeline says otherwise.</summary>
    public const int UsualRepeats = 3;

    /// <summary>Files below the checkout that scoring reads.</summary>
    public IReadOnlyList<string> Files => [.. Schemas, .. Judges.Select(judge => judge.Prompt)];

    /// <summary>How answers are rated where they are served: by the texts alone; null where that is not all, or nothing.</summary>
    public AnswerRating? Rating => Texts.Count > 0 && Schemas.Count == 0 && Judges.Count == 0 ? new(Texts) : null;
}
