using System.Globalization;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Comments by requests, as GitLab has them: a collection, and each by its number behind it.</summary>
/// <param name="requests">How requests are sent.</param>
/// <param name="collection">Path of all of a request's comments.</param>
internal sealed class CommentCalls(HostRequests requests, string collection)
{
    private const int PageSize = 100;

    // The newest come first unless one asks.
    public async Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken)
    {
        var answer = await requests.SendAsync(
            HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"{collection}?per_page={PageSize}&page={page}&sort=asc&order_by=created_at"), null,
            cancellationToken);
        return (answer.Comments, answer.More);
    }

    public async Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return (await requests.SendAsync(HttpMethod.Get, PathOf(id), null, cancellationToken)).One;
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            return null;
        }
    }

    public async Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken) =>
        (await requests.SendAsync(HttpMethod.Post, collection, new() { ["body"] = body }, cancellationToken)).One;

    public Task UpdateAsync(long id, string body, CancellationToken cancellationToken) =>
        requests.SendAsync(HttpMethod.Put, PathOf(id), new() { ["body"] = body }, cancellationToken);

    public async Task DeleteAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await requests.SendAsync(HttpMethod.Delete, PathOf(id), null, cancellationToken);
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            // Another run swept it.
        }
    }

    private string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{collection}/{id}");
}
