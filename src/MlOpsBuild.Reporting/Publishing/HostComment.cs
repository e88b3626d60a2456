namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A comment on a pull or merge request.</summary>
/// <param name="Id">The host's number of it.</param>
/// <param name="Body">Its Markdown.</param>
/// <param name="Author">Who wrote it.</param>
public sealed record HostComment(long Id, string Body, string Author);
