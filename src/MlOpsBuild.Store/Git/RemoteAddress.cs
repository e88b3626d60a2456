using System.Diagnostics.CodeAnalysis;

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
    public static RemoteAddress Parse(string text, IReadOnlyDictionary<string, string> variables)
    {
        var token = variables.GetValueOrDefault(TokenVariable) is { Length: > 0 } given ? given : null;
        var user = variables.GetValueOrDefault(UserVariable) is { Length: > 0 } named ? named : token == null ? null : "x-access-token";
        if (!IsHttp(text) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length == 0)
        {
            return new(text, IsHttp(text) ? user : null, IsHttp(text) ? token : null);
        }

        var parts = uri.UserInfo.Split(':', 2);
        var bare = new UriBuilder(uri) { UserName = "", Password = "" }.Uri.AbsoluteUri;
        return new(bare, Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : token);
    }

    /// <summary>The address, which holds no secret.</summary>
    public override string ToString() => Location;

    // Read by git from its environment, not from its arguments.
    internal IReadOnlyList<KeyValuePair<string, string>> Settings() => Password == null
        ? []
        : [new("credential.helper", ""), new("credential.helper", $"!f() {{ test \"$1\" = get && echo username={Quote(User ?? "")} && echo password={Quote(Password)}; }}; f")];

    private static bool IsHttp([NotNullWhen(true)] string? text) =>
        text != null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
