using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests.Documents;

/// <summary>The reference of what a pipeline is written with is made from the code, so that it says what the code does.</summary>
public sealed class ReferenceTests
{
    private static readonly (string Title, string Type, string Use)[] Sections =
    [
        ("Pipeline", "PipelineDefinition", "Inside `Define(PipelineDefinition<Row> pipeline)`."),
        ("Sources of data", "DataSource", "In `.Data(…)`."),
        ("Expectations", "ExpectationBuilder", "In `.Expect(e => e…)`: promises about rows and columns beyond the record's attributes."),
        ("Feature views", "ViewBuilder",
            "In `.View(view, on, v => v…)`, of a view made by `FeatureView.Of<Row>(name, source).FreshFor(age)`."),
        ("Hold-outs", "HoldOut", "What is kept from training to judge the model."),
        ("Features", "FeatureBuilder", "In `.Features(f => f…)`."),
        ("Trainers", "Trainers", "In `.Train(…)`."),
        ("Metrics", "Metrics", "What a gate judges."),
        ("Gates", "GateBuilder", "In `.Gate(metric, g => g…)`."),
        ("Canary", "CanaryBuilder", "In `.Canary(c => c…)`."),
        ("A/B tests", "ExperimentBuilder", "In `.Experiment(metric, e => e…)`."),
        ("Budgets", "BudgetBuilder", "In `.Budget(b => b…)`."),
    ];

    [Fact]
    public void It_says_what_the_code_does() => ApprovedDocument.Require("reference.md", Document());

    [Fact]
    public void Every_section_has_members_and_every_member_says_what_it_is_for()
    {
        foreach (var (title, type, _) in Sections)
        {
            var members = ReferenceMember.Of(type);

            members.ShouldNotBeEmpty(title);
            members.ShouldAllBe(member => member.Summary.Length > 5, title);
        }
    }

    private static string Document()
    {
        var text = new StringBuilder("""
            # Reference: what a pipeline is written with

            Made from the documentation comments of the code; a test keeps it so. Lambdas are shown by their name: `.Number(column)` is written `.Number(x => x.Temperature)`.

            ## Attributes of the row record

            Above a property of the record that a pipeline reads.

            | Attribute | Meaning |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var attribute in Repository.Sources.Where(file => file.Path.StartsWith("src/MlOpsBuild.Data/", StringComparison.Ordinal))
            .SelectMany(file => file.All<ClassDeclarationSyntax>())
            .Where(type => type.Identifier.Text.EndsWith("Attribute", StringComparison.Ordinal))
            .Select(ReferenceMember.Attribute)
            .OrderBy(attribute => attribute.Signature, StringComparer.Ordinal))
        {
            Row(text, attribute);
        }

        foreach (var (title, type, use) in Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{use}\n\n| Written | Meaning |\n|---|---|\n");
            foreach (var member in ReferenceMember.Of(type))
            {
                Row(text, member);
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, ReferenceMember member)
    {
        var parameters = string.Concat(member.Parameters.Select(parameter => $"<br>`{parameter.Name}`: {parameter.Meaning}"));
        text.Append(CultureInfo.InvariantCulture, $"| `{member.Signature}` | {Cell(member.Summary + parameters)} |\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
