using System.Globalization;
using System.Text;

namespace MlOpsBuild.Store.Git;

/// <summary>Reads the answer of <c>git cat-file --batch</c>: <c>ID TYPE SIZE LF CONTENT LF</c>, or <c>ID missing LF</c>.</summary>
internal static class ObjectBatch
{
    public static IReadOnlyList<byte[]?> Parse(byte[] output, int count)
    {
        var contents = new List<byte[]?>(count);
        var at = 0;
        while (contents.Count < count)
        {
            var end = at < output.Length ? Array.IndexOf(output, (byte)'\n', at) : -1;
            if (end < 0)
            {
                // git ended early, for example because the remote of a missing object is gone.
                contents.Add(null);
                continue;
            }

            var header = Encoding.ASCII.GetString(output, at, end - at).Split(' ');
            at = end + 1;
            if (header.Length < 3 || !int.TryParse(header[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                contents.Add(null);
                continue;
            }

            if (size > output.Length - at)
            {
                contents.Add(null);
                at = output.Length;
                continue;
            }

            contents.Add(output[at..(at + size)]);
            at += size + 1;
        }

        return contents;
    }
}
