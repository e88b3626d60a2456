namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// A comment of a pull request (GitHub) or a note of a merge request (GitLab); an id of 0 becomes the next free one when it is added.
/// </summary>
public sealed class FakeComment(long id, string body, string author)
{
    /// <summary>Its id.</summary>
    public long Id { get; set; } = id;

    /// <summary>Its text.</summary>
    public string Body { get; set; } = body;

    /// <summary>The login of who wrote it.</summary>
    public string Author { get; set; } = author;

    /// <summary>The pull or merge request it belongs to; null, as seeded ones have, is whichever is asked for.</summary>
    public long? Thread { get; set; }

    /// <summary>When it was written; set when it is added, a second after the one before.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
