using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The sample's two pipelines in one build: numbers by time, and classes without any.</summary>
public sealed class TwoPipelines(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task A_classifier_goes_from_simulated_rows_to_a_canary_that_replaces_it()
    {
        try
        {
            var first = await Checkout.DeployAsync("--pipeline", "Churn", "--set", "logistic=true");
            var second = await Checkout.DeployAsync("--pipeline", "Churn");

            second.Output.ShouldMatch("Log-loss not worse than champion.*Passed");
            second.Output.ShouldContain("mean loss");
            using var caller = new Caller(second.Address);
            var answer = await caller.PredictAsync("""{"Term":"monthly","MonthsWithUs":2,"MonthlyFee":60,"Complaints":5,"Plan":null}""");
            ((int)answer.Status).ShouldBe(200, answer.Body);
            var prediction = JsonNode.Parse(answer.Body)!;
            (prediction["label"]!.GetValue<string>(), prediction["version"]!.GetValue<int>()).ShouldBe(("yes", 2));
            prediction["probability"]!.GetValue<double>().ShouldBeInRange(0.6, 1);
            first.Address.ShouldNotBeNull();
            (await Checkout.RunAsync("Rollback", "--pipeline", "Churn", "--reason", "a test")).Expect(0);
            JsonNode.Parse((await caller.PredictAsync("""{"Term":"monthly","MonthsWithUs":2,"MonthlyFee":60,"Complaints":5}""")).Body)!["version"]!.GetValue<int>().ShouldBe(1);
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Churn")).Expect(0);
        }
    }
}
