namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Asks the host whether the author of a command may write to the project, and answers with a sign beside the comment.</summary>
/// <param name="host">The host.</param>
public sealed class CommandAuthorizer(ICodeHost host)
{
    /// <summary>Whether <paramref name="person"/> may write; somebody the host does not know may not.</summary>
    /// <exception cref="HostRefusedException">The host does not tell: then nobody may.</exception>
    public Task<bool> IsAuthorizedAsync(string person, CancellationToken cancellationToken) =>
        host.MayWriteAsync(person, cancellationToken);

    /// <summary>Shows beside the comment that the command was taken, or was not; a host that takes no sign changes nothing.</summary>
    public async Task ReactAsync(CommentCommand command, bool taken, CancellationToken cancellationToken)
    {
        try
        {
            await (host is ICommentReactions signs ? signs.ReactAsync(command.Comment, taken, cancellationToken) : Task.CompletedTask);
        }
        catch (HostRefusedException)
        {
            // A courtesy; what was decided stands in the log and the summary.
        }
    }
}
