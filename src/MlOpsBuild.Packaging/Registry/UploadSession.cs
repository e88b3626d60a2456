using System.Globalization;
using System.Net.Http.Headers;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>Where an upload goes on, as the registry's last answer says.</summary>
/// <param name="Location">The session's address; it may change with every answer.</param>
/// <param name="Offset">How many bytes the registry has.</param>
internal sealed record UploadSession(Uri Location, long Offset)
{
    /// <summary>The address that ends the upload; a location may carry a query of its own.</summary>
    public Uri Commit(string digest)
    {
        var before = Location.AbsoluteUri.Split('#')[0];
        return new($"{before}{(Location.Query.Length == 0 ? '?' : '&')}digest={digest}");
    }

    /// <summary>The number of bytes a <c>Range: 0-b</c> header stands for; null when there is none or it is not that.</summary>
    public static long? Received(HttpResponseHeaders headers)
    {
        var range = headers.TryGetValues("Range", out var values) ? values.First() : "";
        range = range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) ? range[6..] : range;
        var parts = range.Split('-');
        if (parts is not ["0", var last]
            || !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            || end == long.MaxValue)
        {
            return null;
        }

        // Registries say 0-0 for nothing as for one byte. Nothing is the safe reading: a byte sent twice is refused or found out.
        return end == 0 ? 0 : end + 1;
    }
}
