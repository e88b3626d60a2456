using System.Text.RegularExpressions;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Finds a password written into an address, so that it is never printed or stored.</summary>
internal static partial class UrlSecret
{
    // A user alone is a name; as long as this it is a token.
    private const int ShortestToken = 16;

    // Shorter ones would mask half of what is printed.
    private const int ShortestPassword = 3;

    public static IEnumerable<string> In(string text) => Found(text).Distinct();

    private static IEnumerable<string> Found(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            yield break;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.UserInfo.Split(':', 2) is [_, { Length: > 0 } plain])
        {
            yield return plain;
            yield return Uri.UnescapeDataString(plain);
        }

        foreach (var user in Users().Matches(text).Select(match => match.Groups[1].Value))
        {
            var parts = user.Split(':', 2);
            var secret = parts is [_, { Length: >= ShortestPassword } password] ? password
                : parts.Length == 1 && user.Length >= ShortestToken ? user
                : null;
            if (secret != null)
            {
                yield return secret;
                yield return Uri.UnescapeDataString(secret);
            }
        }
    }

    // Greedy up to the last @: an unescaped password may hold one, and slashes too.
    [GeneratedRegex(@"://([^\s]+)@", RegexOptions.CultureInvariant)]
    private static partial Regex Users();
}
