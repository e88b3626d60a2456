using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>The house numbers of the design, section 12.</summary>
public sealed class HouseNumberTests
{
    [Fact]
    public void The_median_file_is_at_most_60_lines_and_nine_in_ten_at_most_200()
    {
        var lines = Repository.Sources.Select(file => file.Lines).Order().ToList();
        lines[lines.Count / 2].ShouldBeLessThanOrEqualTo(60);
        lines[lines.Count * 9 / 10].ShouldBeLessThanOrEqualTo(200);
    }

    [Fact]
    public void No_file_is_over_400_lines() =>
        Repository.Files("src").Concat(Repository.Files("build")).Concat(Repository.Files("pipelines"))
            .Where(path => File.ReadAllLines(path).Length > 400).Select(Repository.Relative).ShouldBeEmpty();

    [Fact]
    public void A_line_is_at_most_140_columns_but_for_a_text_that_would_have_to_be_cut() =>
        new[] { "src", "build", "pipelines", "tests" }.SelectMany(folder => Repository.Files(folder))
            .SelectMany(path => LongLines(path).Select(line => $"{Repository.Relative(path)}:{line}")).ShouldBeEmpty();

    [Fact]
    public void A_file_has_one_public_type() =>
        Repository.Sources.Where(file => file.Syntax.DescendantNodes(node => node is not TypeDeclarationSyntax)
            .OfType<BaseTypeDeclarationSyntax>()
            .Count(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)) > 1).Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void Nine_in_ten_classes_are_sealed()
    {
        var classes = Repository.Sources.SelectMany(file => file.All<TypeDeclarationSyntax>())
            .Where(type => type is ClassDeclarationSyntax
                or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword })
            .Where(type => !type.Modifiers.Any(SyntaxKind.StaticKeyword)).ToList();
        var closed = classes.Count(type => type.Modifiers.Any(SyntaxKind.SealedKeyword));
        (closed / (double)classes.Count).ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Fact]
    public void Every_struct_is_readonly() =>
        Repository.Sources.SelectMany(file => file.All<TypeDeclarationSyntax>().Select(type => (file.Path, Type: type)))
            .Where(pair => pair.Type is StructDeclarationSyntax
                or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword })
            .Where(pair => !pair.Type.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)).Select(pair => $"{pair.Path}: {pair.Type.Identifier}")
            .ShouldBeEmpty();

    [Fact]
    public void Folders_are_at_most_two_deep_and_none_is_a_drawer()
    {
        string[] drawers = ["Utils", "Utilities", "Helpers", "Common", "Manager", "Extras", "Misc"];
        var folders = Repository.Sources.Select(file => file.Path.Split('/')[2..^1]).ToList();
        folders.ShouldAllBe(folder => folder.Length <= 2);
        folders.SelectMany(folder => folder).Distinct().Intersect(drawers).ShouldBeEmpty();
        Repository.Sources.SelectMany(file => file.All<BaseTypeDeclarationSyntax>()).Select(type => type.Identifier.Text)
            .Where(name => drawers.Any(drawer => name.EndsWith(drawer, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_at_least_as_many_lines_of_tests_as_of_source() =>
        Repository.Files("tests").Sum(path => File.ReadAllLines(path).Length)
            .ShouldBeGreaterThanOrEqualTo(Repository.Sources.Sum(file => file.Lines));

    [Fact]
    public void Nothing_but_the_fixed_layout_is_at_the_top()
    {
        string[] allowed =
        [
            "build", "src", "tests", "pipelines", ".nuke", "build.sh", "build.cmd", "MlOpsBuild.sln", "README.md", "LICENSE",
            "CHANGELOG.md", "AGENTS.md", "global.json",
            "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        ];
        Directory.GetFileSystemEntries(Repository.Root)
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name[0] != '.')
            .Except(allowed)
            .ShouldBeEmpty();
    }

    private static IEnumerable<int> LongLines(string path)
    {
        var text = File.ReadAllText(path);
        var lines = text.Split('\n');
        if (lines.All(line => line.Length <= 140))
        {
            return [];
        }

        // A text of half a line; or a line inside one, as its author wrote it.
        var texts = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes()
            .Where(node => node is InterpolatedStringExpressionSyntax
                or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression })
            .Select(node => node.GetLocation().GetLineSpan())
            .Where(span => span.EndLinePosition.Line > span.StartLinePosition.Line
                || span.EndLinePosition.Character - span.StartLinePosition.Character > 70)
            .SelectMany(span => Enumerable.Range(span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1))
            .ToHashSet();
        return Enumerable.Range(0, lines.Length).Where(line => lines[line].Length > 140 && !texts.Contains(line)).Select(line => line + 1);
    }
}
