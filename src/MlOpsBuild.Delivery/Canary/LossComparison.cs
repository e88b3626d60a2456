namespace MlOpsBuild.Delivery.Canary;

/// <summary>The loss per row, candidate against champion, at one look.</summary>
/// <param name="Rows">Pairs compared.</param>
/// <param name="OnSameRequest">How many of them are two answers to one request; the others are two requests and need
/// several times as many.</param>
/// <param name="Clipped">Pairs whose difference was beyond the scale.</param>
/// <param name="Worse">Pairs in which the candidate was worse by more than the margin.</param>
/// <param name="Candidate">The candidate's mean loss.</param>
/// <param name="Champion">The champion's mean loss.</param>
/// <param name="CandidateBias">The candidate's mean error, shown and not judged.</param>
/// <param name="ChampionBias">The champion's mean error, likewise.</param>
/// <param name="LogHarm">ln of the wealth of the bet that the candidate is worse by more than the margin.</param>
/// <param name="LogNoHarm">ln of the wealth of the bet that it is not.</param>
public sealed record LossComparison(
    int Rows, int OnSameRequest, int Clipped, int Worse, double Candidate, double Champion, double CandidateBias, double ChampionBias,
    double LogHarm, double LogNoHarm);
