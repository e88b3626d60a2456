namespace MlOpsBuild.Reporting.Alerts;

/// <summary>Nobody took an alert, in spite of several attempts where these could help.</summary>
public sealed class AlertNotToldException : Exception
{
    /// <summary>Why not.</summary>
    public AlertNotToldException(string message) : base(message)
    {
    }

    /// <summary>Why not.</summary>
    public AlertNotToldException(string message, Exception inner) : base(message, inner)
    {
    }
}
