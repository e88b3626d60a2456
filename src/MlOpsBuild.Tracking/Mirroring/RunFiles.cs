using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>Files of a run that MLflow shows: its record, evidence, contract and search, and the report where one was made.</summary>
internal static class RunFiles
{
    private static readonly string[] Reports = ["report.md", "report.html", "report.json"];

    /// <summary>Their contents by their names.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> OfAsync(
        MlOpsStore store, RunRecord run, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { ["run.json"] = CanonicalJson.Serialize(run) };
        foreach (var (name, digest) in new[]
        {
            ("evidence.json", run.Evidence), ("contract.json", run.Contract), ("tuning.json", run.Tuning),
        })
        {
            // What nobody has any more is no reason to mirror nothing.
            if (digest is { } content && await store.Blobs.EnsureAsync(content, cancellationToken))
            {
                files[name] = await store.Blobs.ReadAsync(content, cancellationToken);
            }
        }

        foreach (var name in Reports)
        {
            var path = Path.Combine(store.Folder, "reports", run.Id, name);
            if (File.Exists(path))
            {
                files[$"report/{name}"] = await File.ReadAllBytesAsync(path, cancellationToken);
            }
        }

        return files;
    }
}
