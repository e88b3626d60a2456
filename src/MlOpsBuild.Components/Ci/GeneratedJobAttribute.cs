namespace MlOpsBuild.Components;

/// <summary>
/// On a build class with <see cref="GeneratedCiAttribute"/>: a further workflow on GitHub that runs targets for every change, on several
/// machines side by side. <c>./build.sh GenerateCi</c> writes <c>.github/workflows/NAME.yml</c>.
/// </summary>
/// <param name="name">Its name: small letters, digits and hyphens.</param>
/// <param name="targets">The targets, as on a command line.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GeneratedJobAttribute(string name, string targets) : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The targets.</summary>
    public string Targets { get; } = targets;

    /// <summary>Labels of the machines.</summary>
    /// <value>ubuntu-latest.</value>
    public string[] Runners { get; set; } = ["ubuntu-latest"];

    /// <summary>Environment variables as <c>NAME=value</c>; no secrets.</summary>
    public string[] Variables { get; set; } = [];
}
