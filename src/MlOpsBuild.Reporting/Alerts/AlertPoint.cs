namespace MlOpsBuild.Reporting.Alerts;

/// <summary>One thing that an alert tells of.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Evidence">The figures, in words.</param>
/// <param name="Since">The day it began; null where nothing says.</param>
public sealed record AlertPoint(string Name, string Evidence, DateOnly? Since);
