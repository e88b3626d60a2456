using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using MlOpsBuild.Engine.IO;

namespace MlOpsBuild.Engine.ProjectModel;

/// <summary>The projects of a solution file (<c>.sln</c> or <c>.slnx</c>), to look at and not to change.</summary>
public sealed class Solution
{
    private static readonly Regex Entry = new(
        """^Project\("\{[0-9A-Fa-f-]+\}"\)\s*=\s*"(?<name>[^"]*)"\s*,\s*"(?<path>[^"]*)" """.TrimEnd(),
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private Solution(AbsolutePath path, IReadOnlyCollection<Project> projects) => (Path, AllProjects) = (path, projects);

    /// <summary>The file.</summary>
    public AbsolutePath Path { get; }

    /// <summary>The file's name without its ending.</summary>
    public string Name => Path.NameWithoutExtension;

    /// <summary>The folder of the file.</summary>
    public AbsolutePath Directory => Path.Parent!;

    /// <summary>All projects, in the file's order; folders of the solution are none.</summary>
    public IReadOnlyCollection<Project> AllProjects { get; }

    /// <summary>The file.</summary>
    public static implicit operator string(Solution solution) => solution.Path;

    /// <summary>The file.</summary>
    public static implicit operator AbsolutePath(Solution solution) => solution.Path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ArgumentException">It is not there, or is no solution.</exception>
    public static Solution Read(AbsolutePath path)
    {
        Assert.FileExists(path);
        var text = path.ReadAllText();
        var projects = path.Extension.Equals(".slnx", StringComparison.OrdinalIgnoreCase) ? FromXml(path, text)
            : text.Contains("Microsoft Visual Studio Solution File", StringComparison.Ordinal)
                ? Entry.Matches(text).Select(match => (Name: match.Groups["name"].Value, Path: match.Groups["path"].Value))
            : throw new ArgumentException($"'{path}' is no solution.", nameof(path));
        return new(
            path,
            [.. projects.Where(project => project.Path.EndsWith("proj", StringComparison.OrdinalIgnoreCase))
                .Select(project => new Project(project.Name, path.Parent! / project.Path.Replace('\\', '/')))]);
    }

    /// <summary>A project by name or file; null where there is none.</summary>
    public Project? GetProject(string nameOrPath) =>
        AllProjects.FirstOrDefault(project => project.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase))
            ?? AllProjects.FirstOrDefault(project => project.Path == System.IO.Path.GetFullPath(nameOrPath, Directory));

    /// <summary>The projects whose names match, for example <c>*.Tests</c>.</summary>
    public IEnumerable<Project> GetAllProjects(string wildcardPattern) =>
        AllProjects.Where(project => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(wildcardPattern, project.Name));

    /// <summary>The file.</summary>
    public override string ToString() => Path;

    private static IEnumerable<(string Name, string Path)> FromXml(AbsolutePath path, string text)
    {
        try
        {
            return XDocument.Parse(text).Descendants("Project").Select(project => (string?)project.Attribute("Path") ?? "")
                .Select(file => (System.IO.Path.GetFileNameWithoutExtension(file.Replace('\\', '/')), file));
        }
        catch (XmlException problem)
        {
            throw new ArgumentException($"'{path}' is no solution: {problem.Message}", nameof(path), problem);
        }
    }
}
