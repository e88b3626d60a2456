namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What the gateway counted while weights stayed as they were.</summary>
/// <param name="Epoch">The route table's epoch.</param>
/// <param name="CanaryShare">Probability of the canary, in [0, 1].</param>
/// <param name="Baseline">Counts of the baseline.</param>
/// <param name="Canary">Counts of the canary.</param>
public sealed record EpochCounts(int Epoch, double CanaryShare, ArmCounts Baseline, ArmCounts Canary);
