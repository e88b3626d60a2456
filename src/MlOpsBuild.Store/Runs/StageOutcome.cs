using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Runs;

/// <summary>One stage in a run record.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Restored">Whether it came from the cache.</param>
/// <param name="Reason">Why it ran.</param>
/// <param name="Seconds">Time taken now.</param>
/// <param name="OriginalSeconds">Time taken when it last ran.</param>
public sealed record StageOutcome(string Stage, Digest Key, bool Restored, string? Reason, double Seconds, double OriginalSeconds);
