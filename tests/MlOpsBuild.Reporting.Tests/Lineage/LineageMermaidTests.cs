using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Lineage.Tests;

public sealed partial class LineageMermaidTests
{
    public static TheoryData<string> Hostile =>
    [
        "\"]; click n0 \"javascript:alert(1)\"", "<img src=x onerror=alert(1)>", "#quot;", "a\nn1 --> n0", "`code`", "%% comment", "]",
        "end", Example.Hostile
    ];

    [Fact]
    public void Every_step_is_a_node_and_every_source_an_edge()
    {
        var tree = new LineageStep("version", "v2", [new("registered", "today")],
        [
            new("bundle", "b", [], [new("model", "m", [], [])]),
            new("commit", "c", [new("branch", "main"), new("changed", "no")], []),
        ]);

        LineageMermaid.Render(tree).ShouldBe(
            """
            flowchart TD
              n0["version v2<br/>registered: today"]
              n1["bundle b"]
              n2["model m"]
              n1 --> n2
              n0 --> n1
              n3["commit c<br/>branch: main<br/>changed: no"]
              n0 --> n3

            """);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Text_from_outside_stays_text(string text) => ShouldBeWellFormed(Tree(text, text, text), 3);

    [Fact]
    public void Whatever_the_text_the_chart_is_well_formed() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(),
        (kind, name, value) => ShouldBeWellFormed(Tree(kind.Get, name.Get, value.Get), 3)).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_tree_nodes_are_named_once_and_each_but_the_first_has_one_that_was_made_from_it() => Prop.ForAll(
        Trees(4).ToArbitrary(), tree => ShouldBeWellFormed(tree, LineageExample.Walk(tree).Count())).QuickCheckThrowOnFailure();

    [Fact]
    public void A_label_reads_as_it_was_written()
    {
        const string Text = "a \"quoted\" <b> & # ; `x`";

        Unescaped(Labels(LineageMermaid.Render(Tree("run", Text, Text))).First()).ShouldBe($"run {Text}<br/>because: {Text}");
    }

    [Fact]
    public void A_long_text_is_cut_and_says_so()
    {
        var label = Labels(LineageMermaid.Render(Tree("run", new('x', 500), "short"))).First();

        label.ShouldBe($"run {new string('x', 56)}…<br/>because: short");
    }

    [Fact]
    public void A_whole_lineage_is_well_formed()
    {
        var lineage = LineageExample.Compose();

        ShouldBeWellFormed(lineage, LineageExample.Walk(lineage).Count()).ShouldBeTrue();
    }

    private static LineageStep Tree(string kind, string name, string value) =>
        new(kind, name, [new("because", value)], [new("data", value, [new(value, name)], []), new("commit", name, [], [])]);

    private static Gen<LineageStep> Trees(int depth) =>
        from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
        from sources in depth == 0 ? Gen.Constant(Array.Empty<LineageStep>()) : Trees(depth - 1).ArrayOf().Resize(3)
        select new LineageStep("step", name.Get, [], sources);

    private static bool ShouldBeWellFormed(LineageStep tree, int nodes)
    {
        var chart = LineageMermaid.Render(tree);
        var lines = chart.Split('\n');
        lines[0].ShouldBe("flowchart TD");
        lines[^1].ShouldBeEmpty();
        foreach (var line in lines[1..^1])
        {
            (Node().IsMatch(line) || Edge().IsMatch(line)).ShouldBeTrue(line);
        }

        var ids = lines.Select(line => Node().Match(line)).Where(match => match.Success).Select(match => match.Groups["id"].Value).ToList();
        ids.ShouldBe(Enumerable.Range(0, nodes).Select(id => $"n{id}"));
        lines.Select(line => Edge().Match(line)).Where(match => match.Success).Select(match => match.Groups["to"].Value)
            .ShouldBe(ids.Skip(1), ignoreOrder: true);
        foreach (var text in Labels(chart).Select(label => Entity().Replace(label.Replace("<br/>", "", StringComparison.Ordinal), "")))
        {
            text.IndexOfAny(['"', '<', '>', '#', '&', ';', '`', '\r']).ShouldBe(-1, text);
        }

        return true;
    }

    private static IEnumerable<string> Labels(string chart) =>
        chart.Split('\n').Select(line => Node().Match(line)).Where(match => match.Success).Select(match => match.Groups["label"].Value);

    private static string Unescaped(string label) => Entity().Replace(label, match => match.Groups["name"].Value switch
    {
        "quot" => "\"",
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        var number => ((char)int.Parse(number)).ToString(),
    });

    [GeneratedRegex("""^  (?<id>n\d+)\["(?<label>[^"]*)"\]$""")]
    private static partial Regex Node();

    [GeneratedRegex(@"^  n\d+ --> (?<to>n\d+)$")]
    private static partial Regex Edge();

    [GeneratedRegex("#(?<name>quot|lt|gt|amp|\\d+);")]
    private static partial Regex Entity();
}
