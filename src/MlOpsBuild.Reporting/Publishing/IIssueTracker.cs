namespace MlOpsBuild.Reporting.Publishing;

/// <summary>The issues of a project. Every method may throw <see cref="HostRefusedException"/>.</summary>
public interface IIssueTracker
{
    /// <summary>The host's name for people.</summary>
    string Name { get; }

    /// <summary>Open issues with a label, the newest hundred.</summary>
    Task<IReadOnlyList<HostIssue>> OpenAsync(string label, CancellationToken cancellationToken);

    /// <summary>A new issue.</summary>
    Task CreateAsync(string title, string body, string label, CancellationToken cancellationToken);

    /// <summary>Replaces title and text of an issue.</summary>
    Task UpdateAsync(int number, string title, string body, CancellationToken cancellationToken);

    /// <summary>Adds a comment.</summary>
    Task CommentAsync(int number, string body, CancellationToken cancellationToken);

    /// <summary>Closes an issue.</summary>
    Task CloseAsync(int number, CancellationToken cancellationToken);
}
