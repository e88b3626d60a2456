namespace MlOpsBuild.TestKit.Git;

/// <summary>What a <see cref="GitHttpServer"/> was asked.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, decoded.</param>
/// <param name="Query">What follows the path, with its question mark; empty where nothing does.</param>
/// <param name="User">Who the client said it was, whether or not the password was right; null where it said nothing.</param>
/// <param name="Status">The answer; null while there is none, and for ever where client or server went away before.</param>
public sealed record GitHttpRequest(string Method, string Path, string Query, string? User, int? Status)
{
    /// <summary>It belongs to a push.</summary>
    public bool IsPush => IsFor("git-receive-pack");

    /// <summary>It belongs to a clone or a fetch.</summary>
    public bool IsFetch => IsFor("git-upload-pack");

    private bool IsFor(string service) =>
        Path.EndsWith($"/{service}", StringComparison.Ordinal) || Query.Contains($"service={service}", StringComparison.Ordinal);
}
