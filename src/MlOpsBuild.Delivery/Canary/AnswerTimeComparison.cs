namespace MlOpsBuild.Delivery.Canary;

/// <summary>Answer times of both versions for the same requests.</summary>
/// <param name="Candidate">The candidate's median, in milliseconds.</param>
/// <param name="Champion">The champion's median, in milliseconds; null without a champion.</param>
/// <param name="Ratio">Median ratio, candidate to champion; null without a champion.</param>
/// <param name="RatioLower">Lower end of its 95 % interval at this look.</param>
/// <param name="RatioUpper">Upper end of it.</param>
/// <param name="LastSeconds">Medians of the candidate in the last whole seconds, the newest last.</param>
public sealed record AnswerTimeComparison(
    double Candidate, double? Champion, double? Ratio, double? RatioLower, double? RatioUpper, IReadOnlyList<double> LastSeconds);
