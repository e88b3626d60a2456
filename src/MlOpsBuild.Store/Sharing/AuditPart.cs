using System.Globalization;

namespace MlOpsBuild.Store.Sharing;

/// <summary>A thousand entries of the team's audit log, or what there is at its end.</summary>
/// <param name="Number">Its place: 0, 1, 2, …</param>
/// <param name="Id">The object that holds it.</param>
/// <param name="IsPacked">Whether it is one file with a line for each entry; else it is a folder with a file for each.</param>
internal sealed record AuditPart(int Number, string Id, bool IsPacked)
{
    /// <summary>Entries in a part that is full.</summary>
    public const int Full = 1000;

    private const string Packed = ".jsonl";

    /// <summary>Where it is on the branch.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"{LocalFacts.AuditFolder}{Number:00000}{(IsPacked ? Packed : "")}");

    /// <summary>The part as one file.</summary>
    public string PackedPath => (this with { IsPacked = true }).Path;

    /// <summary>The part of the audit folder that <paramref name="name"/> is, or null.</summary>
    public static AuditPart? Of(string name, string id, bool isFile)
    {
        var packed = isFile && name.EndsWith(Packed, StringComparison.Ordinal);
        return packed != isFile
            || !int.TryParse(packed ? name[..^Packed.Length] : name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? null
            : new(number, id, packed);
    }
}
