namespace MlOpsBuild.Engine.Parameters;

/// <summary>Finds a password written into an address, so that it is never printed or stored.</summary>
internal static class UrlSecret
{
    public static IEnumerable<string> In(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, { Length: > 0 } password])
        {
            yield return password;
            yield return Uri.UnescapeDataString(password);
        }
    }
}
