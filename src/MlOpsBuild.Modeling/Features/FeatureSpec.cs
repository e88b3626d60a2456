using System.Text.Json.Serialization;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>
/// A feature as the pipeline declares it, before it is fitted. The set is closed; each kind knows how it is fitted and to which terms.
/// </summary>
/// <param name="Column">The column it is made of.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NumberFeature), "number")]
[JsonDerivedType(typeof(SquareFeature), "square")]
[JsonDerivedType(typeof(OneHotFeature), "one-hot")]
[JsonDerivedType(typeof(CrossFeature), "cross")]
[JsonDerivedType(typeof(CalendarFeature), "calendar")]
[JsonDerivedType(typeof(CyclicFeature), "cyclic")]
[JsonDerivedType(typeof(BinFeature), "bin")]
[JsonDerivedType(typeof(HashFeature), "hash")]
[JsonDerivedType(typeof(PastFeature), "past")]
[JsonDerivedType(typeof(TextFeature), "text")]
public abstract record FeatureSpec(string Column)
{
    /// <summary>The columns it reads.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<string> Columns => [Column];

    /// <summary>What is made of what, in words.</summary>
    public abstract string Describe();

    /// <summary>What its column has to be; null when <paramref name="kind"/> will do.</summary>
    internal virtual string? Expected(FieldKind kind) =>
        kind == FieldKind.Text ? "a number, a date or a text with [Categories]; or .Text(…) or .Hash(…) of it" : null;

    /// <summary>The value of earlier rows that it reads in place of its columns; null for most.</summary>
    internal virtual PastValues? Past => null;

    /// <summary>Whether it has the same value in all rows, missing or not: it can tell nothing, and its scale would be rounding.</summary>
    internal virtual bool IsConstant(FittingRows rows) => Columns.All(column => FittingRows.Same(rows.Values(column)));

    /// <summary>Its terms, fitted on <paramref name="rows"/>.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="standardise">Whether numbers are standardised and missing ones imputed, as linear models need it.</param>
    internal abstract IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise);
}
