namespace MlOpsBuild.Packaging.Attestations;

/// <summary>Which Debian package a file of this machine is of, by dpkg's own records; nothing where there are none.</summary>
internal sealed class DebianPackages
{
    private readonly IReadOnlyDictionary<string, (string Name, string Version, string Architecture)> _owners;

    private DebianPackages(IReadOnlyDictionary<string, (string Name, string Version, string Architecture)> owners) => _owners = owners;

    /// <summary>Reads the records for some files.</summary>
    /// <param name="root">Where this machine's files lie: <c>/</c>.</param>
    /// <param name="paths">The files, without a slash before them.</param>
    public static DebianPackages Read(string root, IReadOnlyCollection<string> paths)
    {
        var (folder, status) = (Path.Combine(root, "var/lib/dpkg/info"), Path.Combine(root, "var/lib/dpkg/status"));
        if (!Directory.Exists(folder) || !File.Exists(status))
        {
            return new(new Dictionary<string, (string, string, string)>());
        }

        var known = Installed(File.ReadLines(status));
        var wanted = paths.SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        var owners = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal);
        foreach (var list in Directory.GetFiles(folder, "*.list").Order(StringComparer.Ordinal))
        {
            if (known.TryGetValue(Path.GetFileNameWithoutExtension(list), out var package))
            {
                foreach (var path in File.ReadLines(list).Where(wanted.Contains))
                {
                    owners[path] = package;
                }
            }
        }

        return new(owners);
    }

    /// <summary>The package of a file as a package URL's parts; null where it is of none.</summary>
    /// <param name="path">Its path without a slash before it.</param>
    public (string Name, string Version, string Architecture)? Of(string path) =>
        Names(path).Where(_owners.ContainsKey).Select(name => _owners[name]).Cast<(string, string, string)?>().FirstOrDefault();

    // /lib is /usr/lib, and the records name either.
    private static IEnumerable<string> Names(string path) =>
        ["/" + path, path.StartsWith("usr/", StringComparison.Ordinal) ? path[3..] : "/usr/" + path];

    // A list is called after its package, with the architecture where several may be installed.
    private static Dictionary<string, (string, string, string)> Installed(IEnumerable<string> lines)
    {
        var (packages, fields) = (
            new Dictionary<string, (string, string, string)>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var line in lines.Append(""))
        {
            if (line.Length > 0)
            {
                if (line[0] != ' ' && line.Split(": ", 2) is [var name, var value])
                {
                    fields[name] = value;
                }

                continue;
            }

            if (fields.TryGetValue("Package", out var package)
                && fields.TryGetValue("Version", out var version)
                && fields.TryGetValue("Architecture", out var architecture))
            {
                packages[package] = packages[$"{package}:{architecture}"] = (package, version, architecture);
            }

            fields.Clear();
        }

        return packages;
    }
}
