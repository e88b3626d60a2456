using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Asks GitHub whether the author of a command may write to the repository, and answers with a reaction.</summary>
/// <param name="http">The connection.</param>
/// <param name="context">What is being built.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class CommandDesk(HttpClient http, CodeHostContext context, TimeProvider time)
{
    private static readonly string[] Writing = ["admin", "maintain", "write"];
    private readonly HostRequests _requests = new(http, time);

    /// <summary>Whether <paramref name="person"/> may write; somebody the host does not know may not.</summary>
    /// <exception cref="HostRefusedException">The host does not tell: then nobody may.</exception>
    public async Task<bool> MayCommandAsync(string person, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _requests.SendAsync(HttpMethod.Get, $"repos/{context.Project}/collaborators/{Uri.EscapeDataString(person)}/permission", null, cancellationToken);
            return Writing.Contains(answer.Json["permission"]?.GetValue<string>());
        }
        catch (HostRefusedException unknown) when (unknown.Status == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Shows beside the comment that the command was taken, or was not; a host that takes no reaction changes nothing.</summary>
    public async Task ReactAsync(CommentCommand command, bool taken, CancellationToken cancellationToken)
    {
        try
        {
            await _requests.SendAsync(HttpMethod.Post, $"repos/{context.Project}/issues/comments/{command.Comment}/reactions", new JsonObject { ["content"] = taken ? "rocket" : "-1" }, cancellationToken);
        }
        catch (HostRefusedException)
        {
            // A courtesy; what was decided stands in the log and the summary.
        }
    }
}
