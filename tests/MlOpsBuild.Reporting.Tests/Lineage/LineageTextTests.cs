using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Reporting.Lineage.Tests;

public sealed class LineageTextTests
{
    [Fact]
    public void A_tree_shows_what_was_made_from_what()
    {
        var tree = new LineageStep("version", "v2", [new("registered", "today")],
        [
            new("bundle", "b", [], [new("model", "m", [new("size", "3")], [])]),
            new("commit", "c", [new("branch", "main")], []),
        ]);

        LineageText.Render(tree).ShouldBe(
            """
            version v2
            │   registered: today
            ├─ bundle b
            │  └─ model m
            │         size: 3
            └─ commit c
                   branch: main

            """);
    }

    [Fact]
    public void Nothing_from_outside_begins_a_line_of_its_own() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(),
        (name, value) =>
        {
            var text = LineageText.Render(new("run", name.Get, [new("because", value.Get)], [new("data", value.Get, [], [])]));
            return text.ReplaceLineEndings("\n").Split('\n').Length == 4;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_step_and_every_fact_of_a_version_is_in_it()
    {
        var lineage = LineageExample.Compose();

        var lines = LineageText.Render(lineage).Split('\n');

        foreach (var step in LineageExample.Walk(lineage))
        {
            lines.ShouldContain(line => line.EndsWith($"{step.Kind} {step.Name}", StringComparison.Ordinal));
            step.Facts.ShouldAllBe(fact => lines.Any(line => line.EndsWith($"{fact.Key}: {fact.Value}", StringComparison.Ordinal)));
        }
    }
}
