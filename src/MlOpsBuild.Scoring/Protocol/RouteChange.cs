namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What made the routes so: a decision and its traffic are one fact, whatever happens to whoever decided.</summary>
/// <param name="Id">Name of the change; that of the intent it carries out.</param>
/// <param name="Kind">What it is.</param>
/// <param name="From">The version that served before, or that was on trial.</param>
/// <param name="To">The version that serves after, or null.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="Deployment">The deployment it belongs to, or null.</param>
public sealed record RouteChange(
    string Id, RouteChangeKind Kind, int? From, int? To, string Actor, string Reason, DateTimeOffset At, string? Deployment = null);
