namespace MlOpsBuild.TestKit.Signatures;

/// <summary>One type of NUKE: its heading in the dump, and a row for each member.</summary>
/// <param name="Heading">The line, for example <c>Nuke.Common.Host (class; Nuke.Build)</c>.</param>
/// <param name="Rows">The members, for example <c>bool Plan { get; }</c>.</param>
public sealed record SignatureSection(string Heading, IReadOnlyList<string> Rows)
{
    /// <summary>Namespace and name, with generic parameters.</summary>
    public string TypeName => Heading[..Heading.IndexOf(" (", StringComparison.Ordinal)];

    /// <summary>The namespace.</summary>
    public string Namespace => TypeName[..TypeName.LastIndexOf('.')];

    /// <summary>The name, with generic parameters: <c>Configure&lt;T&gt;</c>.</summary>
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];

    /// <summary><c>interface</c>, <c>static class</c>, <c>enum</c> and so on.</summary>
    public string Kind => InBrackets.Split(", base ")[0];

    /// <summary>The class above, when it is none that every type has.</summary>
    public string? Base => InBrackets.Split(", base ") is [_, var type] ? type : null;

    /// <summary>The type's name for reflection, below <paramref name="root"/> instead of <c>Nuke.Common</c>.</summary>
    public string ReflectedName(string root)
    {
        var generic = TypeName.IndexOf('<', StringComparison.Ordinal);
        var name = generic < 0 ? TypeName : $"{TypeName[..generic]}`{TypeName.Split(',').Length}";
        return root + name["Nuke.Common".Length..];
    }

    private string InBrackets => Heading[(TypeName.Length + 2)..Heading.LastIndexOf(';')];
}
