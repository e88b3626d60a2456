namespace MlOpsBuild.Reporting.Alerts;

/// <summary>What a channel was told last.</summary>
/// <param name="State">Where the alert then stood.</param>
/// <param name="Version">Of which version.</param>
/// <param name="Points">What it told of.</param>
public sealed record ToldAlert(AlertState State, int Version, string Points);
