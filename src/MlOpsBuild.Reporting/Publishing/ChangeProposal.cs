namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A change of one file that people are asked to accept.</summary>
/// <param name="Branch">The branch that holds it; what was on it before is replaced.</param>
/// <param name="Title">Title of the request, and first line of the commit.</param>
/// <param name="Body">The request's Markdown.</param>
/// <param name="Path">The file, with slashes.</param>
/// <param name="Content">Its new text.</param>
public sealed record ChangeProposal(string Branch, string Title, string Body, string Path, string Content);
