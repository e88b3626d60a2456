using System.Globalization;

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
    private const int Parts = 4;
    private const int HashLength = 64;
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
        var started = File.GetLastWriteTimeUtc(since).Ticks;
        var lines = Files(root, buildFolder).Select(file => Line(file, file.Ticks > started ? "changed-during-build" : file.Hash()));
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

        var known = new Dictionary<string, string>(lines.Length);
        foreach (var line in lines.Skip(1))
        {
            if (PathIn(line) is not { } path)
            {
                return "the list of its sources is damaged";
            }

            known[path] = line;
        }

        foreach (var file in Files(root, buildFolder))
        {
            if (!known.Remove(file.Path, out var line))
            {
                return $"{file.Path} is new";
            }

            if (!IsUnchanged(file, line))
            {
                return $"{file.Path} changed";
            }
        }

        return known.Count > 0 ? $"{known.Keys.First()} is gone" : null;
    }

    /// <summary>The folder of the build project that the program in <paramref name="program"/> was made from, by its name.</summary>
    public static string BuildFolder(string program) =>
        Path.Combine(program, FileName) is var list && File.Exists(list) ? FolderIn(File.ReadLines(list).FirstOrDefault()) : UsualFolder;

    /// <summary>
    /// Where a build project in <paramref name="buildFolder"/> has its parameter files: <c>.nuke</c> itself belongs to the build in
    /// <c>build</c>, which may be another engine's.
    /// </summary>
    public static string SettingsFolder(string buildFolder) => buildFolder == UsualFolder ? ".nuke" : $".nuke/{buildFolder}";

    // The list's first line.
    private static string Head(string buildFolder) => $"sdk {Sdks()}{In}{buildFolder}";

    private static string FolderIn(string? head) => head?.Split(In) is [_, { Length: > 0 } folder] ? folder : UsualFolder;

    private static IEnumerable<ProgramInput> Files(string root, string buildFolder) =>
        RootFiles.Select(name => ProgramInput.Find(root, name)).OfType<ProgramInput>()
            .Concat(Folders.Append(buildFolder).SelectMany(folder => ProgramInput.Below(root, folder, Extensions)));

    private static string Line(ProgramInput file, string digest) => $"{Text(file.Length)} {Text(file.Ticks)} {digest} {file.Path}";

    // Everything behind the third blank: a path may hold blanks.
    private static string? PathIn(string line)
    {
        var at = -1;
        for (var part = 1; part < Parts; part++)
        {
            at = line.IndexOf(' ', at + 1);
            if (at < 0)
            {
                return null;
            }
        }

        return line[(at + 1)..];
    }

    // The digest is asked for where length and time leave it open; what changed during the build has none.
    private static bool IsUnchanged(ProgramInput file, string line)
    {
        var parts = line.Split(' ', Parts);
        return parts[0] == Text(file.Length) && parts[2].Length == HashLength
            && (parts[1] == Text(file.Ticks) || parts[2] == file.Hash());
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Sdks()
    {
        var folder = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk"));
        return Directory.Exists(folder)
            ? string.Join(',', Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "none";
    }
}
