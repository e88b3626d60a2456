using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A host that is asked by plain requests: comments are alike on all of them, and stand here once.</summary>
/// <param name="requests">How requests are sent.</param>
/// <param name="routes">Where comments are.</param>
internal abstract class RestHost(HostRequests requests, CommentRoutes routes) : ICodeHost
{
    private string? _author;

    /// <summary>How requests are sent.</summary>
    protected HostRequests Requests { get; } = requests;

    public abstract string Name { get; }

    public abstract CommentForm Form { get; }

    public async Task<string> AuthorAsync(CancellationToken cancellationToken) => _author ??= await AskAuthorAsync(cancellationToken);

    public async Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken)
    {
        var answer = await Requests.GetAsync($"{routes.Collection}?{routes.Page(page)}", cancellationToken);
        return ([.. routes.List(answer.Json).OfType<JsonNode>().Select(routes.Read).OfType<HostComment>()], answer.More);
    }

    public async Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken) =>
        await Requests.FindAsync(routes.One(id), cancellationToken) is { } found ? routes.Read(found.Json) : null;

    public async Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken) =>
        routes.Read((await Requests.SendAsync(HttpMethod.Post, routes.Create, routes.New(body), cancellationToken)).Json)!;

    public Task UpdateAsync(long id, string body, CancellationToken cancellationToken) =>
        Requests.SendAsync(routes.ChangeBy, (routes.Change ?? routes.One)(id), (routes.Changed ?? routes.New)(body), cancellationToken);

    public async Task DeleteAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await Requests.SendAsync(HttpMethod.Delete, (routes.Change ?? routes.One)(id), null, cancellationToken);
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            // Another run swept it.
        }
    }

    public abstract Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken);

    public abstract Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken);

    public abstract Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken);

    /// <summary>The name that this token's comments bear.</summary>
    protected abstract Task<string> AskAuthorAsync(CancellationToken cancellationToken);
}
