namespace MlOpsBuild.Store.Content;

/// <summary>Lists records in a folder that need not exist yet.</summary>
internal static class StoredFiles
{
    public static IReadOnlyList<string> In(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];

    public static IReadOnlyList<string> Below(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
}
