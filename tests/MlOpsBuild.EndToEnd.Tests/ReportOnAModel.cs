using System.Text.Json;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What is left to read after a run.</summary>
public sealed class ReportOnAModel(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task The_files_are_written_and_the_gate_table_is_printed()
    {
        (await Checkout.RunAsync("TestModel")).Expect(0);

        var reported = (await Checkout.RunAsync("Report")).Expect(0);

        reported.Output.ShouldContain("RMSE beats same hour last week");
        var folder = Path.Combine(Checkout.Root, ".mlops", "reports", (await Checkout.LastRunAsync()).Id);
        Directory.GetFiles(folder).Select(Path.GetFileName)
            .ShouldBe(["report.html", "report.json", "report.junit.xml", "report.md", "report.schema.json"], ignoreOrder: true);
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json")))
            .RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.html"))).ShouldContain("Passed");
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.md"))).ShouldContain("RMSE beats same hour last week");
    }

    [Fact]
    public async Task A_refused_model_is_reported_too()
    {
        var tested = (await Checkout.RunAsync("TestModel", "Report", "--set", "trees=5")).Expect(3);

        tested.Output.ShouldContain("report: ");
        var folder = Path.Combine(Checkout.Root, ".mlops", "reports", (await Checkout.LastRunAsync()).Id);
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.html"))).ShouldContain("Failed");
    }

    [Fact]
    public async Task Without_a_tested_model_there_is_nothing_to_report() =>
        (await Checkout.RunAsync("Report")).Expect(2).Output.ShouldContain("nothing to report");
}
