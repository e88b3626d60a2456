using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Asks GitHub whether the author of a command may write to the repository, and answers with a reaction.</summary>
/// <param name="connection">The connection.</param>
public sealed class CommandAuthorizer(GitHubConnection connection)
{
    private static readonly string[] Writing = ["admin", "maintain", "write"];

    /// <summary>Whether <paramref name="person"/> may write; somebody the host does not know may not.</summary>
    /// <exception cref="HostRefusedException">The host does not tell: then nobody may.</exception>
    public async Task<bool> IsAuthorizedAsync(string person, CancellationToken cancellationToken)
    {
        try
        {
            // Octokit puts names into paths as they are (14.0.0): this one comes from whoever wrote the comment.
            var name = Uri.EscapeDataString(person);
            var right = await connection.AskAsync(
                client => client.Repository.Collaborator.ReviewPermission(connection.Owner, connection.Name, name), cancellationToken);
            return Writing.Contains(right.Permission);
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
            var reaction = new NewReaction(taken ? ReactionType.Rocket : ReactionType.Minus1);
            await connection.AskAsync(
                client => client.Reaction.IssueComment.Create(connection.Owner, connection.Name, command.Comment, reaction),
                cancellationToken);
        }
        catch (HostRefusedException)
        {
            // A courtesy; what was decided stands in the log and the summary.
        }
    }
}
