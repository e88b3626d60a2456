namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>What is signed of a declaration: also of which pipeline and field it is, so that it is of no other.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Statement">What is said.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Date">Since when.</param>
public sealed record DeclarationStatement(string Pipeline, string Field, string Statement, string Owner, DateOnly Date);
