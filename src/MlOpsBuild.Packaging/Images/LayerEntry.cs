using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images;

/// <summary>A file or folder of a layer, owned by root.</summary>
/// <param name="Path">Its path in the image, without a slash before it.</param>
/// <param name="Content">What the file holds; null for a folder. Folders of files need not be named.</param>
/// <param name="Mode">Its permissions; nothing of an image is written to by who runs in it.</param>
public sealed record LayerEntry(string Path, Artifact? Content, UnixFileMode Mode)
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Execute = Read | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A file that all may read.</summary>
    public static LayerEntry File(string path, Artifact content) => new(path, content, Read);

    /// <summary>A file that all may run.</summary>
    public static LayerEntry Program(string path, Artifact content) => new(path, content, Execute);

    /// <summary>A folder that all may read.</summary>
    public static LayerEntry Folder(string path) => new(path, null, Execute);

    /// <summary>A folder in which all may write, and nobody takes away what another one wrote.</summary>
    public static LayerEntry SharedFolder(string path) =>
        new(path, null, Execute | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
}
