namespace MlOpsBuild.Engine.ProjectModel;

/// <summary>
/// A parameter that takes a solution file: <c>[Solution] readonly Solution Solution;</c>. Where the caller and <c>.nuke/parameters.json</c>
/// say none, it is <paramref name="relativePath"/>, else the only one in the root directory.
/// </summary>
/// <param name="relativePath">The file, from the root directory on.</param>
public sealed class SolutionAttribute(string? relativePath = null)
    : ParameterAttribute("Path to a solution file that is automatically loaded")
{
    /// <summary>The file, from the root directory on; null where it is looked for.</summary>
    public string? RelativePath { get; } = relativePath;

    /// <summary>Taken for compatibility: no code is generated for the projects.</summary>
    public bool GenerateProjects { get; set; }

    /// <summary>The file where nobody names one; null where it cannot be told.</summary>
    internal string? DefaultIn(string root) => RelativePath != null ? Path.Combine(root, RelativePath)
        : Directory.GetFiles(root, "*.sln").Concat(Directory.GetFiles(root, "*.slnx")).ToList() is [var only] ? only : null;
}
