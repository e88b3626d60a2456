namespace MlOpsBuild.Engine;

/// <summary>Marks a member that takes its value from the command line, the environment or <c>.nuke/parameters.json</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class ParameterAttribute(string? description = null) : Attribute
{
    /// <summary>One line for help.</summary>
    public string? Description { get; } = description;

    /// <summary>Name on the command line; the member's name when null.</summary>
    public string? Name { get; set; }

    /// <summary>At most one character that separates list elements within one argument.</summary>
    public string? Separator { get; set; }

    /// <summary>Whether help lists it.</summary>
    public bool List { get; set; } = true;
}
