using System.Globalization;
using System.Net;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Comments by requests, as hosts have them: a collection, and a path for each.</summary>
/// <param name="requests">How requests are sent.</param>
/// <param name="collection">Path of all of a request's comments.</param>
/// <param name="order">What makes the host list the oldest first; empty when it does so anyway.</param>
/// <param name="single">Path that a comment's number is put behind.</param>
/// <param name="update">The method that replaces a comment's text.</param>
internal sealed class CommentCalls(HostRequests requests, string collection, string order, string single, HttpMethod update)
{
    private const int PageSize = 100;

    public async Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken)
    {
        var answer = await requests.SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{collection}?per_page={PageSize}&page={page}{order}"), null, cancellationToken);
        return (answer.Comments, answer.More);
    }

    public async Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return (await requests.SendAsync(HttpMethod.Get, PathOf(id), null, cancellationToken)).One;
        }
        catch (HostRefusedException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }
    }

    public async Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken) =>
        (await requests.SendAsync(HttpMethod.Post, collection, new() { ["body"] = body }, cancellationToken)).One;

    public Task UpdateAsync(long id, string body, CancellationToken cancellationToken) =>
        requests.SendAsync(update, PathOf(id), new() { ["body"] = body }, cancellationToken);

    public async Task DeleteAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await requests.SendAsync(HttpMethod.Delete, PathOf(id), null, cancellationToken);
        }
        catch (HostRefusedException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            // Another run swept it.
        }
    }

    private string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{single}/{id}");
}
