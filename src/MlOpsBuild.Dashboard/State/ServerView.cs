namespace MlOpsBuild.Dashboard.State;

/// <summary>A model server.</summary>
/// <param name="Version">The version.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="Percent">Percent of the requests that it gets.</param>
/// <param name="State">Whether it serves, is warm, or is dead.</param>
public sealed record ServerView(int Version, string Role, double Percent, string State);
