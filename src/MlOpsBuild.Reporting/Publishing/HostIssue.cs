namespace MlOpsBuild.Reporting.Publishing;

/// <summary>An issue that is open.</summary>
/// <param name="Number">The project's number of it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its Markdown.</param>
public sealed record HostIssue(int Number, string Title, string Body);
