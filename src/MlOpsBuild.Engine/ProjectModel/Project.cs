using System.Xml;
using System.Xml.Linq;
using MlOpsBuild.Engine.IO;

namespace MlOpsBuild.Engine.ProjectModel;

/// <summary>A project of a solution.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its file.</param>
public sealed record Project(string Name, AbsolutePath Path)
{
    /// <summary>The folder of its file.</summary>
    public AbsolutePath Directory => Path.Parent!;

    /// <summary>The project's file.</summary>
    public static implicit operator string(Project project) => project.Path;

    /// <summary>The file.</summary>
    public static implicit operator AbsolutePath(Project project) => project.Path;

    /// <summary>A property as the file itself says it, without conditions and imports; null where it says none.</summary>
    /// <exception cref="ArgumentException">The file is no XML.</exception>
    public string? GetProperty(string name)
    {
        try
        {
            return XDocument.Load(Path)
                .Root!.Elements()
                .Where(element => element.Name.LocalName == "PropertyGroup")
                .Elements()
                .LastOrDefault(element => element.Name.LocalName == name)?.Value;
        }
        catch (XmlException problem)
        {
            throw new ArgumentException($"'{Path}' is no project: {problem.Message}", nameof(name), problem);
        }
    }

    /// <summary>The frameworks that the file itself names.</summary>
    public IReadOnlyCollection<string> GetTargetFrameworks() =>
        (GetProperty("TargetFrameworks") ?? GetProperty("TargetFramework") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The file.</summary>
    public override string ToString() => Path;
}
