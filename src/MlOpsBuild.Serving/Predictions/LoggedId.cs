using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>An id as eight bytes that look random, whatever callers choose as ids.</summary>
internal static class LoggedId
{
    private const double AllPercent = 100;

    public static ulong Of(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>Whether a request is among the share that is kept: always the same answer for the same id.</summary>
    public static bool IsKept(string id, double sharePercent) =>
        sharePercent >= AllPercent || Of(id) / (ulong.MaxValue + 1.0) * AllPercent < sharePercent;
}
