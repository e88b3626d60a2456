using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Git;

/// <summary>Where a git remote is, and what opens it. The address never holds the secret.</summary>
/// <param name="Location">The address without user and password.</param>
/// <param name="User">The user, or null.</param>
/// <param name="Password">The password or token, or null.</param>
public sealed record RemoteAddress(string Location, string? User, string? Password)
{
    /// <summary>Variables that hold user and token where the address holds none.</summary>
    public const string UserVariable = "MLOPS_REMOTE_USER";

    /// <inheritdoc cref="UserVariable" />
    public const string TokenVariable = "MLOPS_REMOTE_TOKEN";

    /// <summary>Takes user and password out of <paramref name="text"/>, or from the variables.</summary>
    /// <exception cref="UsageException">The address cannot be read; it is not repeated, since it may hold a secret.</exception>
    public static RemoteAddress Parse(string text, IReadOnlyDictionary<string, string> variables)
    {
        var token = variables.GetValueOrDefault(TokenVariable) is { Length: > 0 } given ? given : null;
        var user = variables.GetValueOrDefault(UserVariable) is { Length: > 0 } named ? named : token == null ? null : "x-access-token";
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return new(text, null, null);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.UserInfo.Length == 0 && uri.Host.Length == 0 && !uri.IsFile)
            || (uri.UserInfo.Length == 0 && !uri.IsFile && HidesUser(uri)))
        {
            throw new UsageException(new Finding(
                "MLB4004", "The remote's address cannot be read", "--remote", null, "an address such as https://host/owner/repository.git",
                $"write special letters of user and password as %XX, or give them in {UserVariable} and {TokenVariable}"));
        }

        if (uri.UserInfo.Length == 0)
        {
            return IsHttp(uri) ? new(text, user, token) : new(text, null, null);
        }

        var parts = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();

        // Over ssh the user is part of the address and a password is of no use.
        var bare =
            new UriBuilder(uri) { UserName = uri.Scheme == "ssh" ? Uri.EscapeDataString(parts[0]) : "", Password = "" }.Uri.AbsoluteUri;
        return uri.Scheme == "ssh" ? new(bare, null, null) : new(bare, parts[0], parts.Length > 1 ? parts[1] : token);
    }

    /// <summary>The address, which holds no secret.</summary>
    public override string ToString() => Location;

    // Read by git from its environment, not from its arguments.
    internal IReadOnlyList<KeyValuePair<string, string>> Settings() => Password == null
        ? User == null ? [] : [new("credential.username", User)]
        : [new("credential.helper", ""), new(
            "credential.helper",
            $"!f() {{ test \"$1\" = get && printf '%s\\n' {Quote("username=" + User)} {Quote("password=" + Password)}; }}; f")];

    private static bool IsHttp(Uri address) => address.Scheme is "http" or "https";

    // A slash, a question mark or a hash in an unescaped password ends the host early and leaves an @ behind.
    private static bool HidesUser(Uri address) =>
        address.OriginalString[(address.OriginalString.IndexOf("://", StringComparison.Ordinal) + 3)..] is var rest
        && rest.Contains('@', StringComparison.Ordinal)
        && (rest.Contains('#', StringComparison.Ordinal) || rest.Contains('?', StringComparison.Ordinal) || !address.IsDefaultPort);

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
