namespace MlOpsBuild.Reporting.Operations;

/// <summary>A version that took over, and what became of it.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">When it took over.</param>
/// <param name="LeadTime">From the commit to then; null where the commit's time is not known.</param>
/// <param name="Failed">When it was found bad: by <c>Monitor</c>, else by being rolled back; null when it never was.</param>
/// <param name="Recovered">When another version served in its place after that; null while none does.</param>
/// <param name="Noticed">Whether <c>Monitor</c> found it, so that the time of recovery is known from the moment it was noticed.</param>
public sealed record ChangeOutcome(
    int Version, DateTimeOffset At, TimeSpan? LeadTime, DateTimeOffset? Failed, DateTimeOffset? Recovered, bool Noticed);
