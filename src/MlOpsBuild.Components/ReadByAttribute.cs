namespace MlOpsBuild.Components;

/// <summary>
/// The targets that read a parameter, where its component has others as well: on the command line of a build that plans none of them it is
/// refused.
/// </summary>
/// <param name="targets">Their names.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadByAttribute(params string[] targets) : Attribute
{
    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Targets { get; } = targets;
}
