namespace MlOpsBuild.Reporting.Alerts;

/// <summary>What can be done about it.</summary>
/// <param name="Does">What the command does.</param>
/// <param name="Command">What is typed.</param>
public sealed record AlertCommand(string Does, string Command);
