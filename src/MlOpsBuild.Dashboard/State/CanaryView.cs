namespace MlOpsBuild.Dashboard.State;

/// <summary>A canary that goes on.</summary>
/// <param name="Version">The version on trial.</param>
/// <param name="Percent">Percent of the requests that it gets.</param>
/// <param name="Requests">Requests so far, and how many there are at most.</param>
/// <param name="Losses">Mean losses of candidate and champion on the same requests.</param>
/// <param name="Left">How long it takes at most from now on.</param>
/// <param name="Reason">What its judge said last.</param>
/// <param name="Chart">The evidence as SVG; null before there is any.</param>
public sealed record CanaryView(int Version, double Percent, string Requests, string Losses, string Left, string Reason, string? Chart);
