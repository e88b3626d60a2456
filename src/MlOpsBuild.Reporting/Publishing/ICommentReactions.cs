namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A host on which one answers a comment with a sign beside it.</summary>
public interface ICommentReactions
{
    /// <summary>Shows beside a comment that it was taken as a command, or was not.</summary>
    /// <exception cref="HostRefusedException">The host takes no sign.</exception>
    Task ReactAsync(long comment, bool taken, CancellationToken cancellationToken);
}
