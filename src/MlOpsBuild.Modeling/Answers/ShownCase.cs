namespace MlOpsBuild.Modeling.Answers;

/// <summary>A case for a reviewer to read.</summary>
/// <param name="Number">Which case, from 1.</param>
/// <param name="Asked">The columns that the prompt names, in a line.</param>
/// <param name="Expected">What a good answer says; null where that is not known.</param>
/// <param name="Score">Mean score of the candidate's answers.</param>
/// <param name="Answer">One of them: the worst, or the best where the candidate is better.</param>
public sealed record ShownCase(int Number, string Asked, string? Expected, double Score, string Answer)
{
    /// <summary>Mean score of the champion's answers; null without any.</summary>
    public double? ChampionScore { get; init; }

    /// <summary>One of those; null without any.</summary>
    public string? ChampionAnswer { get; init; }
}
