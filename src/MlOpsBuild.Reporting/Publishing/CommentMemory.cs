using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Remembers which comment is ours, so that one request finds it again: <c>.mlops/comments/…</c>, a number in a file.</summary>
/// <param name="folder">The store's folder.</param>
/// <param name="context">What is being built.</param>
/// <param name="pipeline">The pipeline.</param>
public sealed class CommentMemory(string folder, CodeHostContext context, string pipeline)
{
    // Names of hosts, projects and pipelines may hold whatever a path may not.
    private readonly string _path = Path.Combine(
        folder, "comments",
        Digest.Of(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{context.Api} {context.Project} {context.Request} {pipeline}"))).Hex
            + ".txt");

    /// <summary>The comment's number; null when it is not known.</summary>
    public async Task<long?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return long.TryParse(
                await File.ReadAllTextAsync(_path, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Remembers the comment.</summary>
    public Task WriteAsync(long id, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(_path, Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture)), cancellationToken);
}
