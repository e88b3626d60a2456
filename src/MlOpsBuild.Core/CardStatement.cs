namespace MlOpsBuild.Core;

/// <summary>
/// What only people can say of a model, for its card (Mitchell et al. 2019, "Model Cards for Model Reporting"). What is measured stands
/// there anyway.
/// </summary>
public sealed record CardStatement
{
    /// <summary>Who answers for it, and how they are reached.</summary>
    public string? Owner { get; init; }

    /// <summary>What it is for, and who uses it.</summary>
    public string? IntendedUse { get; init; }

    /// <summary>What it is not for.</summary>
    public string? OutOfScope { get; init; }

    /// <summary>Where it is known to be weak.</summary>
    public string? Limits { get; init; }

    /// <summary>Whom it could harm, and what is done about that.</summary>
    public string? Risks { get; init; }

    /// <summary>What a complete card still lacks; risks are asked for only where there are any.</summary>
    public IEnumerable<string> Missing()
    {
        (string Name, string? Text)[] parts =
            [(nameof(Owner), Owner), (nameof(IntendedUse), IntendedUse), (nameof(OutOfScope), OutOfScope), (nameof(Limits), Limits)];
        return parts.Where(part => string.IsNullOrWhiteSpace(part.Text)).Select(part => part.Name);
    }
}
