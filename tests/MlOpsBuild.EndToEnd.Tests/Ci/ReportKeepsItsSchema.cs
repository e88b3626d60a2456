using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The report as a program of somebody else's reads it, by the schema that lies beside it.</summary>
public sealed class ReportKeepsItsSchema(BuiltRepository repository) : EndToEndTest(repository)
{
    [CiToolsFact]
    public async Task Real_reports_are_valid_and_wrong_ones_are_not()
    {
        (await Checkout.RunAsync("TestModel", "Report")).Expect(0);
        (await CheckAsync(Latest())).Expect(0).Output.ShouldBeEmpty();
        await Checkout.DeployAsync("--set", Checkout.Weaker);
        (await Checkout.RunAsync("Package", "Report")).Expect(0);
        (await CheckAsync(Latest())).Expect(0).Output.ShouldBeEmpty();

        var report = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Latest()))!;
        report["verdict"] = "Great";
        report.Remove("answer");
        report["gates"]![0]!["candidate"] = "much";
        await File.WriteAllTextAsync(Latest(), report.ToJsonString());

        var wrong = (await CheckAsync(Latest())).Expect(1).Output;
        wrong.ShouldContain("/ must have required property 'answer'");
        wrong.ShouldContain("/verdict ");
        wrong.ShouldContain("/gates/0/candidate ");
    }

    private string Latest() =>
        Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops", "reports"), "report.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Last();

    private Task<CommandResult> CheckAsync(string file) =>
        CiTools.CheckJsonAsync(Checkout.Environment, Checkout.Root, Path.Combine(Path.GetDirectoryName(file)!, "report.schema.json"), file);
}
