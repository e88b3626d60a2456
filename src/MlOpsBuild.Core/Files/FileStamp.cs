using System.Globalization;

namespace MlOpsBuild.Core.Files;

/// <summary>What the file system says of a file's content without reading it.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When its content was written last, in ticks of UTC; programs may set it.</param>
/// <param name="Changed">When the system last saw a change of content or name, in ticks of UTC; nobody may set it. Where it is not known,
/// as <paramref name="Modified"/>.</param>
/// <param name="Node">The number of the file in its file system; 0 where it is not known.</param>
public readonly record struct FileStamp(long Bytes, long Modified, long Changed, ulong Node)
{
    // Coarser clocks than this are not in use; two writes within one tick of the file system's clock look like one.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>The stamp of the regular file that <paramref name="path"/> leads to, through links.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static FileStamp Of(string path) => TryOf(path) ?? throw new FileNotFoundException("No such file", path);

    /// <summary>The stamp of the regular file that <paramref name="path"/> leads to, through links; null where there is none.</summary>
    public static FileStamp? TryOf(string path) => OperatingSystem.IsLinux() ? UnixFile.TryStamp(path) : Portable(path);

    /// <summary>Whether the last change is so long ago that another one would have given another stamp.</summary>
    internal bool IsSettled(DateTimeOffset now) => Math.Max(Modified, Changed) + Settling.Ticks < now.UtcTicks;

    internal string Write() => string.Create(CultureInfo.InvariantCulture, $"{Bytes} {Modified} {Changed} {Node}");

    private static FileStamp? Portable(string path)
    {
        var link = new FileInfo(path);
        var file = link.LinkTarget == null ? link : link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc.Ticks, file.LastWriteTimeUtc.Ticks, 0) : null;
    }
}
