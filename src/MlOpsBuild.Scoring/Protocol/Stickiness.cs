namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What keeps a caller with one arm: a header or a cookie of the request.</summary>
/// <param name="Header">Name of the header, or null.</param>
/// <param name="Cookie">Name of the cookie, or null.</param>
public sealed record Stickiness(string? Header, string? Cookie);
