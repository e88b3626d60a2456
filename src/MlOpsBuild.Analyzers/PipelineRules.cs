using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MlOpsBuild.Analyzers;

/// <summary>What the analyzer shows. Codes are those of the findings that the build would end with.</summary>
internal static class PipelineRules
{
    /// <summary>A part is missing, a gate for example.</summary>
    public static readonly DiagnosticDescriptor PartIsMissing = Rule(
        "MLB2015", "The definition lacks a part", "Pipeline {0} lacks {1}: add it to Define");

    /// <summary>The label, a leak or an identifier is a feature.</summary>
    public static readonly DiagnosticDescriptor NoFeature = Rule(
        "MLB2016", "Column may not be a feature",
        "{0} may not be a feature: it is marked [{1}], and is not known, or means nothing, when predicting");

    /// <summary>Too few days are held out for any gate, or rows with times at random.</summary>
    public static readonly DiagnosticDescriptor UnusableHoldOut = Rule("MLB2009", "The hold-out is of no use", "{0}");

    /// <summary>Reports would show values of persons.</summary>
    public static readonly DiagnosticDescriptor PersonalSlice = Rule(
        "MLB2012", "Slices of personal data would be shown in reports", "{0} is marked [PersonalData]: reports would show its values");

    /// <summary>Features of earlier rows, where held-out rows may be earlier.</summary>
    public static readonly DiagnosticDescriptor PastOfHeldOutRows = Rule(
        "MLB2020", "Earlier rows may be held-out ones",
        ".{0}(…) reads earlier rows, which may be held-out ones: training would see their labels. Hold out the last days, or remove it");

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        PartIsMissing, NoFeature, UnusableHoldOut, PersonalSlice, PastOfHeldOutRows
    ];

    private static DiagnosticDescriptor Rule(string code, string title, string text) => new(
        code, title, text, "Pipeline", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
