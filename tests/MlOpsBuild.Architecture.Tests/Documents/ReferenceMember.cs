using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests.Documents;

/// <summary>A public member, as the reference shows it.</summary>
/// <param name="Signature">How it is written, without what the compiler infers.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="Parameters">Its parameters that are explained.</param>
internal sealed partial record ReferenceMember(string Signature, string Summary, IReadOnlyList<(string Name, string Meaning)> Parameters)
{
    /// <summary>
    /// The public members of the types called <paramref name="type"/>, in the order of the sources; attributes show their constructors.
    /// </summary>
    public static IReadOnlyList<ReferenceMember> Of(string type) =>
    [
        .. Repository.Sources.SelectMany(file => file.All<TypeDeclarationSyntax>())
            .Where(declaration => declaration.Identifier.Text == type && IsPublic(declaration))
            .SelectMany(declaration => declaration.Members.Where(IsPublic)
                .Select(member => Member(declaration, member))
                .OfType<ReferenceMember>()
                .DefaultIfEmpty(Type(declaration))
                .OfType<ReferenceMember>()),
    ];

    /// <summary>An attribute, as it is written above a property.</summary>
    public static ReferenceMember Attribute(TypeDeclarationSyntax declaration)
    {
        var documentation = Documentation(declaration);
        var name = declaration.Identifier.Text.Replace("Attribute", "", StringComparison.Ordinal);
        var given = declaration.ParameterList is { Parameters.Count: > 0 } list ? Written(list) : "";
        return new($"[{name}{given}]", documentation.Summary, documentation.Parameters);
    }

    private static ReferenceMember? Type(TypeDeclarationSyntax declaration) =>
        Documentation(declaration) is { Summary.Length: > 0 } documentation
            ? new(declaration.Identifier.Text, documentation.Summary, documentation.Parameters)
            : null;

    private static ReferenceMember? Member(TypeDeclarationSyntax type, MemberDeclarationSyntax member)
    {
        var signature = member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text + Written(method.ParameterList),
            PropertyDeclarationSyntax property => property.Identifier.Text,
            _ => null,
        };
        var documentation = Documentation(member);
        return signature == null || documentation.Summary.Length == 0 ? null
            : new(
                (type.Modifiers.Any(modifier => modifier.Text == "static") || member.Modifiers.Any(modifier => modifier.Text == "static")
                    ? type.Identifier.Text
                    : "")
                    + "." + signature,
                documentation.Summary, documentation.Parameters);
    }

    private static bool IsPublic(MemberDeclarationSyntax member) => member.Modifiers.Any(modifier => modifier.Text == "public");

    private static string Written(ParameterListSyntax list) =>
        $"({string.Join(", ", list.Parameters.Where(parameter => !parameter.Modifiers.Any(modifier => modifier.Text == "this")).Select(parameter => parameter.Identifier.Text + (parameter.Default is { } value ? $" {value}" : "")))})";

    private static (string Summary, IReadOnlyList<(string, string)> Parameters) Documentation(SyntaxNode node)
    {
        var comment = node.GetLeadingTrivia()
            .Select(trivia => trivia.GetStructure())
            .OfType<DocumentationCommentTriviaSyntax>()
            .LastOrDefault();
        var elements = comment?.Content.OfType<XmlElementSyntax>().ToList() ?? [];
        var summary = elements.Find(element => element.StartTag.Name.ToString() == "summary");
        return (summary == null ? "" : Flat(summary), [.. elements.Where(element => element.StartTag.Name.ToString() == "param")
            .Select(element => (
                element.StartTag.Attributes.OfType<XmlNameAttributeSyntax>().First().Identifier.ToString(), Flat(element)))]);
    }

    private static string Flat(XmlElementSyntax element)
    {
        var text = Slashes().Replace(string.Concat(element.Content.Select(part => part.ToFullString())), " ");
        text = Cref().Replace(text, found => $"`{found.Groups[1].Value.Split('.', ':')[^1]}`");
        return Blanks()
            .Replace(
                Tags()
                    .Replace(Code().Replace(text, "`$1`"), "")
                    .Replace("&lt;", "<", StringComparison.Ordinal)
                    .Replace("&gt;", ">", StringComparison.Ordinal)
                    .Replace("&amp;", "&", StringComparison.Ordinal),
                " ")
            .Trim();
    }

    [GeneratedRegex(@"\n\s*///")]
    private static partial Regex Slashes();

    [GeneratedRegex("""<(?:see|paramref|typeparamref) (?:cref|name|langword)="([^"({]*)[^"]*"\s*/>""")]
    private static partial Regex Cref();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
