namespace MlOpsBuild.Reporting.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>What serves got worse, and still is.</summary>
    Open,

    /// <summary>It is as it was again, or serves no more.</summary>
    Over,
}
