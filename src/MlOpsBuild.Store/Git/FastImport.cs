using System.Globalization;
using System.Text;

namespace MlOpsBuild.Store.Git;

/// <summary>Writes the stream that <c>git fast-import</c> reads; it answers with the commit's id.</summary>
internal static class FastImport
{
    public static byte[] Write(
        string reference, string? parent, IReadOnlyList<TreeChange> changes, string author, string message, DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        var name = new string([.. author.Where(letter => letter is not ('<' or '>' or '\n' or '\0'))]);
        Text(stream, string.Create(
            CultureInfo.InvariantCulture,
            $"commit {reference}\nmark :1\ncommitter {name} <mlops@invalid> {at.ToUnixTimeSeconds()} +0000\n"));
        Data(stream, Encoding.UTF8.GetBytes(message));
        if (parent != null)
        {
            Text(stream, $"from {parent}\n");
        }

        foreach (var change in changes)
        {
            if (change.Content == null)
            {
                Text(stream, $"D {change.Path}\n");
                continue;
            }

            Text(stream, $"M 100644 inline {change.Path}\n");
            Data(stream, change.Content);
        }

        Text(stream, "\nget-mark :1\ndone\n");
        return stream.ToArray();
    }

    private static void Data(MemoryStream stream, byte[] content)
    {
        Text(stream, string.Create(CultureInfo.InvariantCulture, $"data {content.Length}\n"));
        stream.Write(content);
        Text(stream, "\n");
    }

    private static void Text(MemoryStream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
