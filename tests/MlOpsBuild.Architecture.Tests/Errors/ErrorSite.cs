using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests.Errors;

/// <summary>A place in the sources that tells of an error by its code; its texts with … for what is known only when it happens.</summary>
/// <param name="Code">The code.</param>
/// <param name="Project">The project.</param>
/// <param name="File">The file's name.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Expected">What would have been right; null where it is not said.</param>
/// <param name="Fix">How to mend it; null where it is not said.</param>
internal sealed record ErrorSite(string Code, string Project, string File, string What, string? Expected, string? Fix)
{
    private const int ExpectedPlace = 4;
    private const int FixPlace = 5;
    private static readonly string[] Named = ["Expected", "Fix"];

    /// <summary>All places of the sources.</summary>
    public static IReadOnlyList<ErrorSite> All { get; } =
        [.. Repository.SourcesAndBuild.SelectMany(file => file.All<BaseObjectCreationExpressionSyntax>()
            .Select(creation => Of(file.Path, creation))
            .OfType<ErrorSite>())];

    private static ErrorSite? Of(string path, BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = creation.ArgumentList?.Arguments ?? [];
        if (arguments.Count < 2
            || arguments[0].Expression is not LiteralExpressionSyntax { Token.ValueText: ['M', 'L', 'B', _, _, _, _] code })
        {
            return null;
        }

        var parts = path.Split('/');
        return new(
            code, parts[parts[0] == "src" ? 1 : 0].Replace("MlOpsBuild.", "", StringComparison.Ordinal), parts[^1],
            Text(arguments[1].Expression)!, At(arguments, ExpectedPlace), At(arguments, FixPlace));
    }

    private static string? At(SeparatedSyntaxList<ArgumentSyntax> arguments, int place) =>
        arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.Text == Named[place - ExpectedPlace]) is { } named
            ? Text(named.Expression)
        : place < arguments.Count && arguments[place].NameColon == null ? Text(arguments[place].Expression)
        : null;

    // A text that is put together shows its fixed parts; one of several shows all.
    private static string? Text(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.NullLiteralExpression) ? null : literal.Token.ValueText,
        InterpolatedStringExpressionSyntax text => string.Concat(
            text.Contents.Select(part => part is InterpolatedStringTextSyntax fixedText ? fixedText.TextToken.ValueText : "…")),
        ConditionalExpressionSyntax either => Either(Text(either.WhenTrue), Text(either.WhenFalse)),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Text(sum.Left) + Text(sum.Right),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.CoalesceExpression) => Either(Text(sum.Left), Text(sum.Right)),
        ParenthesizedExpressionSyntax inner => Text(inner.Expression),
        SwitchExpressionSyntax several => several.Arms.Select(arm => Text(arm.Expression)).Aggregate(Either),
        InvocationExpressionSyntax call
            when call.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().FirstOrDefault() is { } made => Text(made),
        _ => "…",
    };

    private static string? Either(string? one, string? other) =>
        one is null or "…" ? other : other is null or "…" || one == other ? one : $"{one}, or: {other}";
}
