using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Compares the bearer token of an admin request in constant time.</summary>
internal static class AdminToken
{
    private const string Scheme = "Bearer ";

    public static bool Matches(HttpRequest request, string token)
    {
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Scheme.Length..]), Encoding.UTF8.GetBytes(token));
    }
}
