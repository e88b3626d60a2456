using System.Text;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// The facts in the store's folder, by the path they have on the branch. The audit log is one file here and one per entry there.
/// </summary>
internal sealed class LocalFacts(string folder)
{
    public const string AuditFolder = "audit/";
    public const string BlobFolder = "blobs/";
    private static readonly string[] Mutable = ["deployments", "experiments", "runs"];
    private static readonly string[] Folders = ["approvals", "deployments", "experiments", "registry", "runs", "stages"];

    /// <summary>Paths of all facts but the audit log's, in ordinal order; reserved names without content are left out.</summary>
    public IReadOnlyList<string> Paths() =>
    [
        .. Folders.SelectMany(name => StoredFiles.Below(Path.Combine(folder, name)))
            .Where(file => new FileInfo(file) is { Exists: true, Length: > 0 })
            .Select(file => SlashPath.From(folder, file))
            .Where(IsFact)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Paths of the facts that <paramref name="shared"/> lacks or has in another state, in ordinal order: of each file by path its object
    /// id. Facts that may change are compared by content, or by what was noted of it.
    /// </summary>
    public async Task<IReadOnlyList<string>> NewsAsync(
        IReadOnlyDictionary<string, string> shared, CancellationToken cancellationToken)
    {
        var news = new List<string>();
        foreach (var name in Folders)
        {
            var root = Path.Combine(folder, name);
            news.AddRange(Mutable.Contains(name)
                ? (await new FileNotes(folder, name + "-ids", root)
                    .AllAsync(content => content.Length > 0 ? GitObject.IdOf(content) : null, cancellationToken))
                    .Select(file => (Path: From(root, file.Path), Id: file.Note))
                    .Where(file => file.Id != null && shared.GetValueOrDefault(file.Path) != file.Id)
                    .Select(file => file.Path)
                : StoredFiles.Below(root)
                    .Select(file => From(root, file))
                    .Where(path => !shared.ContainsKey(path) && new FileInfo(FileOf(path)) is { Exists: true, Length: > 0 }));
        }

        return [.. news.Where(IsFact).Order(StringComparer.Ordinal)];

        // What was found below a folder begins with it.
        static string From(string root, string file) => Path.GetFileName(root) + file[root.Length..].Replace('\\', '/');
    }

    public bool Exists(string path) => File.Exists(FileOf(path));

    public byte[]? Read(string path) => File.Exists(FileOf(path)) ? File.ReadAllBytes(FileOf(path)) : null;

    /// <summary>The object id of what stands at <paramref name="path"/>, null for nothing.</summary>
    public string? IdOf(string path) => Read(path) is { } content ? GitObject.IdOf(content) : null;

    // What the team has can be fetched again and need not be flushed to disk one by one.
    public Task WriteAsync(string path, byte[] content, bool flush, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(FileOf(path), content, flush, cancellationToken);

    public void Delete(string path)
    {
        if (Exists(path))
        {
            File.Delete(FileOf(path));
        }
    }

    public static string PathOf(AuditEntry entry) => PathOf(entry.Sequence);

    public static string PathOf(int sequence) =>
        FormattableString.Invariant($"{AuditFolder}{(sequence - 1) / AuditPart.Full:00000}/{sequence:00000000}.json");

    public static byte[] ContentOf(AuditEntry entry) => Encoding.UTF8.GetBytes(entry.ToLine());

    public static string BlobPath(string hex) => $"{BlobFolder}{hex[..2]}/{hex}";

    public static bool IsFact(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && path.Split('/') switch
        {
            // A name made to leave the folder is nobody's fact.
            var parts when parts.Any(part => part is "" or "." or "..") => false,
            ["stages", { Length: 2 }, _] => true,
            ["runs" or "deployments" or "experiments" or "approvals", { Length: > 2 }, _] => true,
            ["registry", ..] => RegistryPath.Parse(path) != null,
            _ => false,
        };

    public static bool IsMutable(string path) =>
        Mutable.Any(name => path.StartsWith(name + "/", StringComparison.Ordinal));

    private string FileOf(string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
}
