namespace MlOpsBuild.Components.Flow;

/// <summary>A model server, as <c>Status</c> tells of it.</summary>
/// <param name="Pipeline">Whose model it serves.</param>
/// <param name="Environment">Where.</param>
/// <param name="Address">Where the gateway before it answers; null while that is down.</param>
/// <param name="Version">The version.</param>
/// <param name="Role">What it is there for: champion, canary, or for a rollback.</param>
/// <param name="Weight">Percent of the requests that it gets.</param>
/// <param name="State">Whether it serves, is warm, or is dead, and why.</param>
/// <param name="Created">When it was started.</param>
/// <param name="Process">Its process, or its container.</param>
/// <param name="Simulated">Whether its model learned from simulated rows.</param>
/// <param name="FeedbackTokenFile">The file with the token that labels are sent with; null while the gateway is down.</param>
internal sealed record ServerStatus(
    string Pipeline, string Environment, Uri? Address, int Version, string Role, double Weight, string State, DateTimeOffset Created,
    string Process, bool Simulated, string? FeedbackTokenFile);
