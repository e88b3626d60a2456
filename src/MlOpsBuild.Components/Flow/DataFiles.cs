using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Flow;

/// <summary>The files that hold a source's rows now: its own ones, a file of the web, or what a database answers.</summary>
internal static class DataFiles
{
    public static async Task<IReadOnlyList<Artifact>> OfAsync(RunSession session, DataSource source, CancellationToken cancellationToken)
    {
        if (source.Web is { } web)
        {
            var folder = Path.Combine(session.Store.Folder, "downloads");
            return session.IsForecast && !Directory.Exists(folder)
                ? throw new StageWouldRunException("ingest", $"{web.Name} is not loaded yet")
                : [await WebDownload.LoadAsync(web, session.Web, folder, new OutputProgress(session.Output), cancellationToken)];
        }

        if (source.Query is { } query)
        {
            if (session.IsForecast)
            {
                throw new StageWouldRunException("ingest", "a database is asked in every run");
            }

            var path = Path.Combine(
                Directory.CreateDirectory(Path.Combine(session.Store.Folder, "tmp")).FullName, $"query-{Guid.NewGuid():N}", "query.csv");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return [await QuerySnapshot.WriteAsync(
                query, session.Environment, path, new OutputProgress(session.Output), cancellationToken)];
        }

        var digests = new FileDigests(Path.Combine(session.Store.Folder, "cache", "sources.index"), session.Time);
        var files = await SourceFiles.FindAsync(source, session.Root, digests, cancellationToken);
        if (!session.IsForecast)
        {
            await digests.SaveAsync(cancellationToken);
        }

        return files;
    }

    /// <summary>Takes away what a query wrote, once it is kept.</summary>
    public static void Forget(DataSource source, IReadOnlyList<Artifact> files)
    {
        if (source.Query != null)
        {
            files.Select(file => Path.GetDirectoryName(file.Path)!).ToList().ForEach(folder => Directory.Delete(folder, recursive: true));
        }
    }
}
