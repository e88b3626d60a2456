using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The sample's two pipelines in one build: numbers by time, and classes without any.</summary>
public sealed class TwoPipelines(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    [Trait("Category", "Nightly")]
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

            // The other pipeline has no version to go back to, which keeps this one from nothing.
            await Checkout.DeployAsync("--pipeline", "BikeDemand", "--set", Checkout.Weaker);
            await File.WriteAllTextAsync(Path.Combine(Checkout.Root, ".nuke", "parameters.json"), """{"NoImage": true}""");
            var rolledBack = (await Checkout.RunAsync("Rollback", "--reason", "a test")).Expect(2).Output;
            rolledBack.ShouldContain("Churn: v1 serves again instead of v2");
            rolledBack.ShouldContain("BikeDemand: ");
            JsonNode
                .Parse((await caller.PredictAsync("""{"Term":"monthly","MonthsWithUs":2,"MonthlyFee":60,"Complaints":5}""")).Body)![
                    "version"]!
                .GetValue<int>()
                .ShouldBe(1);
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Churn")).Expect(0);
        }
    }

    [Fact]
    public async Task Windows_are_tested_back_where_rows_have_times_and_the_second_time_is_restored()
    {
        var tested = (await Checkout.RunAsync("Backtest", "--cuts", "2", "--horizon", "30", "--windows", "all", "last:90")).Expect(0);

        tested.Output.ShouldMatch(@"\| last:90 +\| 2,160 +\| \d+\.\d \[");
        var page = Path.Combine(Checkout.Root, Regex.Match(tested.Output, @"back-test: (\S+backtest\.html)").Groups[1].Value);
        (await File.ReadAllTextAsync(page)).ShouldContain("RMSE of the 30 days after each cut");
        (await Checkout.RunAsync("Backtest", "--cuts", "2", "--horizon", "30", "--windows", "all", "last:90"))
            .Expect(0)
            .Output.ShouldContain("backtest: restored");
        (await Checkout.RunAsync("Backtest", "--pipeline", "Churn"))
            .Expect(2)
            .Output.ShouldContain("Only rows in order of time are tested back");
        var wrong = (await Checkout.RunAsync("Backtest", "--cuts", "0", "--windows", "some")).Expect(2);
        wrong.Output.ShouldContain("--cuts");
        wrong.Output.ShouldContain("all, last:DAYS or weighted:DAYS");
    }
}
