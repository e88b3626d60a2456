using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlOpsBuild.Analyzers;

/// <summary>The columns of a row: properties, with the attributes that are on them.</summary>
internal static class RowColumns
{
    /// <summary>The properties that the selectors of a call name: <c>x => x.Property</c>.</summary>
    public static IEnumerable<(string Name, Location Place)> NamedBy(IInvocationOperation call) =>
        from argument in call.Arguments
        let member = Member((argument.Syntax as ArgumentSyntax)?.Expression as LambdaExpressionSyntax)
        where member != null
        select (member.Name.Identifier.ValueText, member.Name.GetLocation());

    /// <summary>Names of the attributes on a property, without the ending.</summary>
    public static IEnumerable<string> Marks(ITypeSymbol row, string property) =>
        row.GetMembers(property).OfType<IPropertySymbol>().SelectMany(found => found.GetAttributes())
            .Where(attribute => attribute.AttributeClass?.ContainingNamespace.ToDisplayString() == "MlOpsBuild.Data.Contracts")
            .Select(attribute => attribute.AttributeClass!.Name is var name && name.EndsWith("Attribute", StringComparison.Ordinal)
                ? name.Substring(0, name.Length - "Attribute".Length)
                : name);

    /// <summary>Whether the rows have times.</summary>
    public static bool HasTimestamp(ITypeSymbol row) =>
        row.GetMembers().OfType<IPropertySymbol>().Any(property => Marks(row, property.Name).Contains("Timestamp"));

    private static MemberAccessExpressionSyntax? Member(LambdaExpressionSyntax? selector) =>
        (selector?.ExpressionBody is CastExpressionSyntax cast ? cast.Expression : selector?.ExpressionBody)
            is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } member
            ? member
            : null;
}
