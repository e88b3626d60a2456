namespace MlOpsBuild.Packaging.Registry;

/// <summary>Reads answers that belong into memory, and no more of them than that.</summary>
internal static class BoundedBody
{
    /// <summary>The body, or null when it is larger than <paramref name="limit"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            body.Write(buffer, 0, count);
            if (body.Length > limit)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
