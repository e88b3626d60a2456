using System.Security.Cryptography;
using System.Text;

namespace MlOpsBuild.Store.Git;

/// <summary>Names git gives to content.</summary>
internal static class GitObject
{
    /// <summary>The object id of a blob: SHA-1 over <c>blob LENGTH NUL</c> and the content. It names, it does not protect.</summary>
#pragma warning disable CA5350 // git's own format
    public static string IdOf(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(
            Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
#pragma warning restore CA5350
}
