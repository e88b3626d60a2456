namespace MlOpsBuild.Data.Sources.Dvc;

/// <summary>Where DVC keeps content on this machine: <c>.dvc/cache</c> or the folder that its configuration names.</summary>
internal sealed class DvcCache
{
    private readonly IReadOnlyList<string> _folders;

    private DvcCache(IReadOnlyList<string> folders) => _folders = folders;

    /// <summary>The cache of the repository that a folder lies in; an empty one where it lies in none.</summary>
    public static DvcCache Above(string folder)
    {
        for (var at = folder; at != null; at = Path.GetDirectoryName(at))
        {
            var control = Path.Combine(at, ".dvc");
            if (Directory.Exists(control))
            {
                string[] configurations = [Path.Combine(control, "config.local"), Path.Combine(control, "config")];
                return new(
                [
                    .. configurations.Select(DirectoryOf).OfType<string>().Select(path => Path.GetFullPath(path, control)),
                    Path.Combine(control, "cache")
                ]);
            }
        }

        return new([]);
    }

    /// <summary>The file with that content; null where it is not here.</summary>
    /// <param name="md5">Its name, with <c>.dir</c> for a list.</param>
    public string? Find(string md5) => _folders
        .SelectMany(folder => (string[])
        [
            Path.Combine(folder, "files", "md5", md5[..2], md5[2..]), Path.Combine(folder, md5[..2], md5[2..])
        ])
        .FirstOrDefault(File.Exists);

    private static string? DirectoryOf(string configuration)
    {
        if (!File.Exists(configuration))
        {
            return null;
        }

        var section = "";
        foreach (var line in File.ReadLines(configuration).Select(line => line.Trim()))
        {
            section = line.StartsWith('[') ? line.Trim('[', ']', ' ') : section;
            if (section == "cache" && line.Split('=', 2) is [var name, var value] && name.Trim() == "dir")
            {
                return value.Trim();
            }
        }

        return null;
    }
}
