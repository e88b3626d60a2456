namespace MlOpsBuild.Reporting.Alerts;

/// <summary>A way to tell people, or other programs, of an alert.</summary>
public interface IAlertChannel
{
    /// <summary>Its name, by which it is remembered what was told there.</summary>
    string Name { get; }

    /// <summary>Whether it disturbs nobody: it is told at any hour, and again whenever figures are new.</summary>
    bool IsQuiet { get; }

    /// <summary>Tells it.</summary>
    /// <exception cref="AlertNotToldException">It was not taken.</exception>
    Task TellAsync(Alert alert, CancellationToken cancellationToken);
}
