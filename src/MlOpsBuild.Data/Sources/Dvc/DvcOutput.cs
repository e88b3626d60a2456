namespace MlOpsBuild.Data.Sources.Dvc;

/// <summary>A file or folder that DVC keeps.</summary>
/// <param name="Path">Where it belongs, in full.</param>
/// <param name="Name">How the pointer calls it.</param>
/// <param name="Md5">Its digest; for a folder that of its list, with <c>.dir</c> behind it.</param>
/// <param name="IsOld">Written before DVC 3.0: lines of texts may have been hashed without carriage returns.</param>
internal sealed record DvcOutput(string Path, string Name, string Md5, bool IsOld)
{
    private const string FolderMark = ".dir";

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Md5.EndsWith(FolderMark, StringComparison.Ordinal);
}
