namespace MlOpsBuild.Reporting.Pages;

/// <summary>A line of the first screen.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Text">In words.</param>
public sealed record SummaryLine(string What, string Text);
