namespace MlOpsBuild.Store.Audit;

/// <summary>By what a file is known again without reading it: its length, and when it was written.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Time of writing in ticks, UTC.</param>
internal readonly record struct FileStamp(long Length, long Modified)
{
    /// <summary>The stamp of the file at <paramref name="path"/>; of nothing where there is none.</summary>
    public static FileStamp Of(string path) =>
        new FileInfo(path) is { Exists: true } file ? new(file.Length, file.LastWriteTimeUtc.Ticks) : default;
}
