using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Requests to what serves, as the documents print them.</summary>
[Trait("Category", "Nightly")]
public sealed class DocumentedRequests(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task Predictions_explanations_and_labels_are_asked_for_as_it_is_printed()
    {
        try
        {
            var churn = await Checkout.DeployAsync("--pipeline", "Churn");
            var bikes = await Checkout.DeployAsync("--pipeline", "BikeDemand");

            var predicted = await AskAsync("README.md", "/predict", churn);
            predicted["label"]!.GetValue<string>().ShouldBeOneOf("yes", "no");
            predicted["probability"]!.GetValue<double>().ShouldBeInRange(0, 1);

            var explained = await AskAsync("src/docs/explaining.md", "/explain", bikes);
            var told = explained["explanations"]![0]!;
            (told["base"]!.GetValue<double>() + told["contributions"]!.AsArray().Sum(part => part!["value"]!.GetValue<double>()))
                .ShouldBe(told["score"]!.GetValue<double>(), 1e-9);

            using var caller = new Caller(bikes.Address);
            var id = JsonNode.Parse((await caller.PredictAsync()).Body)!["id"]!.GetValue<string>();
            (await AskAsync("src/docs/ab-tests.md", "/outcome", churn, line => line
                .Replace("$TOKEN", TokenOf("Churn"), StringComparison.Ordinal))).ToJsonString().ShouldBe("""{"accepted":true}""");
            (await AskAsync("src/docs/monitoring.md", "/feedback", bikes, line => line
                .Replace("$TOKEN", TokenOf("BikeDemand"), StringComparison.Ordinal)
                .Replace("\"…\"", $"\"{id}\"", StringComparison.Ordinal)))
                .ToJsonString().ShouldBe("""{"accepted":true}""");
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Churn")).Expect(0);
        }
    }

    private string TokenOf(string pipeline) => File.ReadAllText(
        Directory.GetFiles(Checkout.Runtime, "feedback-token", SearchOption.AllDirectories)
            .Single(file => file.Contains(pipeline, StringComparison.Ordinal))).Trim();

    private async Task<JsonNode> AskAsync(string document, string path, CommandResult deployed, Func<string, string>? filled = null)
    {
        var command = DocumentBlock.Of(document).SelectMany(block => block.Commands)
            .Single(line => line.StartsWith("curl", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal));
        command = command.Replace("PORT", deployed.Address.Port.ToString(), StringComparison.Ordinal);
        var said = (await Checkout.ShellAsync(filled?.Invoke(command) ?? command)).Expect(0).Output;
        return JsonNode.Parse(said).ShouldNotBeNull(said);
    }
}
