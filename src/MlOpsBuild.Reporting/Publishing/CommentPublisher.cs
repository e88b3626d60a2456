namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Keeps one comment per pipeline on a pull request: found by its number, else by its marker on whatever page; updated in place;
/// never by an older run; and alone, when two runs began at once.
/// </summary>
/// <param name="host">The code host.</param>
/// <param name="memory">Which comment was ours.</param>
public sealed class CommentPublisher(ICodeHost host, CommentMemory memory)
{
    private const int MostTries = 3;

    /// <summary>Publishes a comment whose last line is its marker.</summary>
    /// <exception cref="HostRefusedException">The host does not take it.</exception>
    public async Task<CommentOutcome> PublishAsync(string body, CancellationToken cancellationToken)
    {
        var marker = ReportMarker.In(body) ?? throw new ArgumentException("A report's comment ends with its marker.", nameof(body));
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(body, marker, cancellationToken);
            }
            catch (HostRefusedException cut) when (cut.Status == null && tries < MostTries)
            {
                // Nobody knows whether a comment was made when the connection broke: look again before making another.
            }
        }
    }

    private async Task<CommentOutcome> TryAsync(string body, ReportMarker marker, CancellationToken cancellationToken)
    {
        // Anybody can copy a marker into a comment of theirs.
        var author = await host.AuthorAsync(cancellationToken);
        if (await memory.ReadAsync(cancellationToken) is { } id
            && await host.FindAsync(id, cancellationToken) is { } known
            && IsOurs(known, author, marker))
        {
            return await WriteAsync(known, body, marker, cancellationToken);
        }

        var (found, page) = await SearchAsync(author, marker, 1, cancellationToken);
        if (found.Count > 0)
        {
            return await SweepAsync(found, body, marker, cancellationToken);
        }

        var created = await host.CreateAsync(body, cancellationToken);
        await memory.WriteAsync(created.Id, cancellationToken);

        // Another run may have looked, found nothing and made one too; later pages are enough to see it.
        var (all, _) = await SearchAsync(author, marker, page, cancellationToken);
        if (all.Count > 1)
        {
            return await SweepAsync(all, body, marker, cancellationToken);
        }

        return CommentOutcome.Created;
    }

    // The oldest stays, for both runs the same; what it says is what the newest run found.
    private async Task<CommentOutcome> SweepAsync(
        IReadOnlyList<HostComment> comments, string body, ReportMarker marker, CancellationToken cancellationToken)
    {
        var oldest = comments.MinBy(comment => comment.Id)!;
        var newest = comments.MaxBy(comment => ReportMarker.In(comment.Body)!.Order)!;
        var outcome = ReportMarker.In(newest.Body)!.IsAfter(marker) && newest != oldest
            ? await WriteAsync(oldest, newest.Body, ReportMarker.In(newest.Body)!, cancellationToken, CommentOutcome.Superseded)
            : await WriteAsync(oldest, body, marker, cancellationToken);
        foreach (var twin in comments.Where(comment => comment != oldest))
        {
            await host.DeleteAsync(twin.Id, cancellationToken);
        }

        await memory.WriteAsync(oldest.Id, cancellationToken);
        return outcome;
    }

    private async Task<CommentOutcome> WriteAsync(
        HostComment comment, string body, ReportMarker marker, CancellationToken cancellationToken,
        CommentOutcome written = CommentOutcome.Updated)
    {
        var there = ReportMarker.In(comment.Body)!;
        if (there.IsAfter(marker))
        {
            return CommentOutcome.Superseded;
        }

        if (comment.Body.Trim() == body.Trim())
        {
            return CommentOutcome.Unchanged;
        }

        await host.UpdateAsync(comment.Id, body, cancellationToken);
        return written;
    }

    private async Task<(List<HostComment> Found, int LastPage)> SearchAsync(
        string author, ReportMarker marker, int firstPage, CancellationToken cancellationToken)
    {
        var found = new List<HostComment>();
        for (var page = firstPage; ; page++)
        {
            var (comments, more) = await host.ListAsync(page, cancellationToken);
            found.AddRange(comments.Where(comment => IsOurs(comment, author, marker)));
            if (!more)
            {
                return (found, page);
            }
        }
    }

    private static bool IsOurs(HostComment comment, string author, ReportMarker marker) =>
        comment.Author == author && ReportMarker.In(comment.Body)?.Pipeline == marker.Pipeline;
}
