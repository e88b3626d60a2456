using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOpsBuild.Architecture.Tests.Documents;

namespace MlOpsBuild.Architecture.Tests.Errors;

/// <summary>
/// Every finding has a code that never changes, and a section in <c>src/docs/errors.md</c>, which is made from the sources
/// (<c>MLOPS_APPROVE=1</c> renews it).
/// </summary>
public sealed class ErrorCodeTests
{
    // The first code of each project's range.
    private static readonly (string Project, int First, int Last)[] Ranges =
    [
        ("Data", 1001, 1199), ("Databases", 1201, 1299), ("Online", 1301, 1399),
        ("Modeling", 2001, 2099), ("MlNet", 2101, 2199), ("Scoring", 2201, 2299),
        ("Onnx", 2301, 2399), ("Packaging", 3001, 3999),
        ("Store", 4001, 4999), ("Tracking", 4050, 4069), ("Delivery", 5001, 5099), ("Delivery", 5130, 5149), ("Serving", 5101, 5999),
        ("Reporting", 6001, 6999), ("Components", 7001, 7999),
        ("build", 8001, 8999), ("Core", 9001, 9999),
    ];

    [Fact]
    public void The_code_says_which_project_tells_of_it() =>
        ErrorSite.All
            .Where(site => !Ranges.Any(range => range.Project == site.Project && Number(site) >= range.First && Number(site) <= range.Last))
            .Select(site => $"{site.File}: {site.Code}").ShouldBeEmpty();

    [Fact]
    public void One_code_says_one_thing_and_one_thing_has_one_code()
    {
        ErrorSite.All.Count.ShouldBeGreaterThan(300);
        ErrorSite.All.GroupBy(site => site.Code)
            .Where(group => group.Select(site => site.What).Distinct().Count() > 1)
            .Select(group => group.Key)
            .ShouldBeEmpty();
        ErrorSite.All.Where(site => site.What != "…")
            .GroupBy(site => (site.Project, site.What))
            .Where(group => group.Select(site => site.Code).Distinct().Count() > 1)
            .Select(group => group.Key.What).ShouldBeEmpty();
    }

    /// <summary>The compiler asks for a code where a finding is made; a variable or an empty text would satisfy it, too.</summary>
    [Fact]
    public void Codes_are_literals_where_the_finding_is_made() =>
        Repository.Sources
            .SelectMany(file => file.All<ObjectCreationExpressionSyntax>()
                .Where(creation => creation.Type.ToString() == "Finding")
                .Select(creation => (file.Path, Creation: creation)))
            .Where(pair => !StartsWithCode(pair.Creation)).Select(pair => pair.Path).ShouldBeEmpty();

    /// <summary>
    /// Where the type is left out, the place tells that a finding is made: in an exception of ours, or in a list of findings.
    /// </summary>
    [Fact]
    public void Codes_are_literals_where_the_type_is_left_out() =>
        Repository.SourcesAndBuild
            .SelectMany(file => file.All<ImplicitObjectCreationExpressionSyntax>()
                .Where(IsFinding)
                .Select(creation => (file.Path, Creation: creation)))
            .Where(pair => !StartsWithCode(pair.Creation)).Select(pair => $"{pair.Path}: {pair.Creation}").ShouldBeEmpty();

    private static bool IsFinding(ImplicitObjectCreationExpressionSyntax creation) =>
        creation.ArgumentList.Arguments.Count > 0
            && creation.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: { } user } }
            && user switch
            {
                ObjectCreationExpressionSyntax made => made.Type.ToString() is "UsageException" or "StageFailedException",
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Add" } call } =>
                    call.Expression.ToString().EndsWith("indings", StringComparison.Ordinal),
                _ => false,
            };

    private static bool StartsWithCode(BaseObjectCreationExpressionSyntax creation) =>
        creation.ArgumentList!.Arguments[0].ToString() is ['"', 'M', 'L', 'B', _, _, _, _, '"'];

    [Fact]
    public void Each_has_a_section_in_the_document() => ApprovedDocument.Require("errors.md", Document());

    private static int Number(ErrorSite site) => int.Parse(site.Code.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture);

    private static string Document()
    {
        var text = new StringBuilder("""
            # Errors by code

            Every message of a problem ends with its code, as `[MLB1003]`, and every JSON document carries it. A code never changes its meaning. `…` stands for what is known
            only when it happens. This file is made from the sources; a test keeps it so. What a message means for the exit code: [troubleshooting.md](troubleshooting.md).

            """.ReplaceLineEndings("\n"));
        foreach (var project in Ranges.Select(range => range.Project).Distinct())
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {project}\n");
            foreach (var code in ErrorSite.All.Where(site => site.Project == project)
                .GroupBy(site => site.Code)
                .OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                text.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"\n### {code.Key}\n\n**{Escaped(code.First().What)}** ({string.Join(", ", code.Select(site => $"`{site.File}`").Distinct())})\n");
                Append(text, "Expected", code.Select(site => site.Expected));
                Append(text, "What to do", code.Select(site => site.Fix));
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, IEnumerable<string?> several)
    {
        foreach (var one in several.Where(one => one is not null and not "…").Distinct())
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {name}: {Escaped(one!)}\n");
        }
    }

    private static string Escaped(string text) => text.ReplaceLineEndings(" ")
        .Replace("<", "\\<", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
