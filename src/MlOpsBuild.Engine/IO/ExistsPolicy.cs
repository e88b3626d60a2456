namespace MlOpsBuild.Engine.IO;

/// <summary>What a copy or move does where something is already. Names and values follow NUKE 10.1.</summary>
[Flags]
public enum ExistsPolicy
{
    /// <summary>A folder that is there ends it.</summary>
    DirectoryFail = 1,

    /// <summary>A folder that is there takes the new files in.</summary>
    DirectoryMerge = 2,

    /// <summary>A file that is there ends it.</summary>
    FileFail = 4,

    /// <summary>A file that is there stays.</summary>
    FileSkip = 8,

    /// <summary>A file that is there is replaced.</summary>
    FileOverwrite = 16,

    /// <summary>A file that is there is replaced by a newer one.</summary>
    FileOverwriteIfNewer = 32,

    /// <summary>Anything that is there ends it.</summary>
    Fail = DirectoryFail | FileFail,

    /// <summary>Folders merge, files stay.</summary>
    MergeAndSkip = DirectoryMerge | FileSkip,

    /// <summary>Folders merge, files are replaced.</summary>
    MergeAndOverwrite = DirectoryMerge | FileOverwrite,

    /// <summary>Folders merge, older files are replaced.</summary>
    MergeAndOverwriteIfNewer = DirectoryMerge | FileOverwriteIfNewer,
}
