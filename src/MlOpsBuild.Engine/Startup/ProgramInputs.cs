using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlOpsBuild.Engine.Startup;

/// <summary>
/// Which sources a built program was made from. One line per file (size, time, digest, path), so that a warm start reads
/// the list in a millisecond; only files whose time differs are hashed.
/// </summary>
internal static class ProgramInputs
{
    private const string FileName = "inputs.txt";
    /// <summary>What the folder of the build project is usually called.</summary>
    public const string UsualFolder = "build";

    private const string In = " in ";
    private static readonly string[] Folders = ["src", "pipelines"];
    private static readonly string[] RootFiles =
    [
        "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "nuget.config"
    ];
    private static readonly string[] Extensions = [".cs", ".csproj", ".props", ".targets", ".json", ".sbn", ".html", ".css", ".js"];

    /// <summary>
    /// Writes the list beside the program; files newer than <paramref name="since"/> (a file touched before the build) count as not built.
    /// </summary>
    /// <param name="root">The repository.</param>
    /// <param name="program">The folder of the built program.</param>
    /// <param name="since">The file that was touched before the build.</param>
    /// <param name="buildFolder">The folder of the build project, in <paramref name="root"/>.</param>
    public static void Stamp(string root, string program, string since, string buildFolder = UsualFolder)
    {
        var started = File.GetLastWriteTimeUtc(since);
        var lines = Files(root, buildFolder).Select(file => file.LastWriteTimeUtc > started
            ? Line(file, root, "changed-during-build")
            : Line(file, root, Hash(file)));
        var list = Path.Combine(program, FileName);
        File.WriteAllText(list + ".tmp", Head(buildFolder) + "\n" + string.Join('\n', lines) + "\n");
        File.Move(list + ".tmp", list, overwrite: true);
    }

    /// <summary>
    /// The first difference between the sources and the program, in words; null when the program is fresh or was not stamped.
    /// </summary>
    public static string? FirstChange(string root, string program)
    {
        var list = Path.Combine(program, FileName);
        if (!File.Exists(list))
        {
            return null;
        }

        var lines = File.ReadAllText(list).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var buildFolder = FolderIn(lines.FirstOrDefault());
        if (lines.FirstOrDefault() != Head(buildFolder))
        {
            return "another SDK";
        }

        var known = new Dictionary<string, string[]>(lines.Length);
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(' ', 4);
            if (parts.Length != 4)
            {
                return "the list of its sources is damaged";
            }

            known[parts[3]] = parts;
        }

        foreach (var file in Files(root, buildFolder))
        {
            var path = Relative(file, root);
            if (!known.Remove(path, out var parts))
            {
                return $"{path} is new";
            }

            if (parts[0] != Text(file.Length)
                || (parts[1] != Text(file.LastWriteTimeUtc.Ticks) && parts[2] != Hash(file))
                || parts[2].Length != 64)
            {
                return $"{path} changed";
            }
        }

        return known.Count > 0 ? $"{known.Keys.First()} is gone" : null;
    }

    /// <summary>The folder of the build project that the program in <paramref name="program"/> was made from, by its name.</summary>
    public static string BuildFolder(string program) =>
        Path.Combine(program, FileName) is var list && File.Exists(list) ? FolderIn(File.ReadLines(list).FirstOrDefault()) : UsualFolder;

    // The list's first line.
    private static string Head(string buildFolder) => $"sdk {Sdks()}{In}{buildFolder}";

    private static string FolderIn(string? head) => head?.Split(In) is [_, { Length: > 0 } folder] ? folder : UsualFolder;

    private static IEnumerable<FileInfo> Files(string root, string buildFolder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true };
        return RootFiles.Select(name => new FileInfo(Path.Combine(root, name))).Where(file => file.Exists)
            .Concat(Folders.Append(buildFolder).Select(name => new DirectoryInfo(Path.Combine(root, name))).Where(folder => folder.Exists)
                .SelectMany(folder => folder.EnumerateFiles("*", options))
                .Where(file => Extensions.Contains(file.Extension) && !InOutputFolder(file, root)));
    }

    private static bool InOutputFolder(FileInfo file, string root)
    {
        var path = Relative(file, root);
        return path.Contains("/bin/", StringComparison.Ordinal) || path.Contains("/obj/", StringComparison.Ordinal);
    }

    private static string Line(FileInfo file, string root, string digest) =>
        $"{Text(file.Length)} {Text(file.LastWriteTimeUtc.Ticks)} {digest} {Relative(file, root)}";

    private static string Relative(FileInfo file, string root) => file.FullName[(root.TrimEnd('/', '\\').Length + 1)..].Replace('\\', '/');

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hash(FileInfo file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName)));

    private static string Sdks()
    {
        var folder = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk"));
        return Directory.Exists(folder)
            ? string.Join(',', Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "none";
    }
}
