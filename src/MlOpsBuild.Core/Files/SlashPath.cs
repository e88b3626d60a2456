namespace MlOpsBuild.Core.Files;

/// <summary>Paths as keys, records and messages write them: from a folder on, with slashes on every system.</summary>
public static class SlashPath
{
    /// <summary>The path of <paramref name="path"/> from <paramref name="folder"/> on.</summary>
    public static string From(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>Whether <paramref name="folder"/> is <paramref name="path"/>, or a folder that holds it; both are written so.</summary>
    public static bool Holds(string folder, string path) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
