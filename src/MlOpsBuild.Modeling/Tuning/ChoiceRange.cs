namespace MlOpsBuild.Modeling.Tuning;

/// <summary>Values without an order: families, features that are there or not.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Default">Its value when nobody chooses.</param>
/// <param name="Values">All that may be chosen, two or more.</param>
public sealed record ChoiceRange(string Name, string Default, IReadOnlyList<string> Values) : SearchRange(Name, Default)
{
    /// <inheritdoc />
    public override string Describe() => string.Join(", ", Values);
}
