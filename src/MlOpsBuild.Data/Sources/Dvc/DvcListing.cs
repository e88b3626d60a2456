using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Data.Sources.Dvc;

/// <summary>
/// The files of a folder as DVC lists them: the array of <c>{"md5", "relpath"}</c>, by path, as Python's
/// <c>json.dumps(…, sort_keys=True)</c> writes it. The MD5 of these bytes, with <c>.dir</c> behind it, names the folder.
/// </summary>
internal static class DvcListing
{
    /// <summary>The bytes for some files.</summary>
    public static byte[] Write(IEnumerable<Entry> entries) => Encoding.ASCII.GetBytes(
        "["
            + string.Join(
                ", ",
                entries.OrderBy(entry => Encoding.UTF8.GetBytes(entry.Path), ByteOrder)
                    .Select(entry => $$"""{"md5": {{Quoted(entry.Md5)}}, "relpath": {{Quoted(entry.Path)}}}"""))
            + "]");

    /// <summary>The files; null where the bytes are no such list, or name something outside of the folder.</summary>
    public static IReadOnlyList<Entry>? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Entry>>(content) is { } entries && entries.TrueForAll(IsInside) ? entries : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly Comparer<byte[]> ByteOrder = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private static bool IsInside(Entry entry) =>
        DvcDigest.IsOne(entry.Md5) && !Path.IsPathRooted(entry.Path) && entry.Path.Split('/').All(part => part is not ("" or "." or ".."))
            && !entry.Path.Contains('\\', StringComparison.Ordinal);

    // Python writes ASCII only, and short forms for the usual control characters.
    private static string Quoted(string text) => "\"" + string.Concat(text.Select(letter => letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        >= ' ' and < (char)0x7f => letter.ToString(),
        (char)0x7f => letter.ToString(),
        _ => $"\\u{(int)letter:x4}",
    })) + "\"";

    /// <summary>A file of the list.</summary>
    public sealed record Entry([property: JsonPropertyName("md5")] string Md5, [property: JsonPropertyName("relpath")] string Path);
}
