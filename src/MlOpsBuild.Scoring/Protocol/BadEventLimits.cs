namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What counts as a bad event, fixed before the canary begins.</summary>
/// <param name="SlowMilliseconds">An answer later than this is slow.</param>
/// <param name="OverBy">A prediction above its label by more than this is too high (the baseline's usual error), in the target's unit.</param>
/// <param name="UnderBy">A prediction below its label by more than this is too low.</param>
public sealed record BadEventLimits(double SlowMilliseconds, double? OverBy, double? UnderBy);
