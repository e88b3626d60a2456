namespace MlOpsBuild.Reporting.History;

/// <summary>What served at a moment.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="At">The moment asked for.</param>
/// <param name="Version">The version that served, or null.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when, or null when it serves still.</param>
/// <param name="Actor">Who put it there.</param>
/// <param name="Reason">Why.</param>
/// <param name="Stopped">Who had ended the environment's processes by then, and when; null when nobody had.</param>
public sealed record ServedThen(
    string Pipeline, DateTimeOffset At, int? Version, DateTimeOffset? Since, DateTimeOffset? Until, string? Actor, string? Reason,
    string? Stopped);
