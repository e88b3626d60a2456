using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Dashboard;

/// <summary>Who may ask, and what a browser may do with the answer.</summary>
internal sealed class DashboardAccess(string token)
{
    private const string Scheme = "Bearer ";
    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether a name is one of this machine's own.</summary>
    public static bool IsOfThisMachine(HostString host) => host.Host is "127.0.0.1" or "localhost" or "[::1]";

    /// <summary>Whether the caller knows the token; what it takes to find out tells nothing of it.</summary>
    public bool Allows(HttpRequest request)
    {
        var said = request.Headers.Authorization.ToString();
        return said.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(said[Scheme.Length..])), _token);
    }

    /// <summary>Nothing is kept, framed, guessed or sent elsewhere.</summary>
    public static void Harden(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.XFrameOptions = "DENY";
    }
}
