using System.Net;
using System.Text.Json;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit.Alerts;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The declared level is one thing, the evidence another.</summary>
public sealed class MaturityByEvidence(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    [Trait("Category", "Nightly")]
    public async Task The_supported_level_grows_with_what_was_really_done()
    {
        await ExpectAsync(0, "data validated against its contract");
        (await Checkout.RunAsync("ValidateData")).Expect(0);
        await ExpectAsync(1, "a model trained with data, code and seed recorded");
        (await Checkout.RunAsync("Train")).Expect(0);
        await ExpectAsync(2, "gates passed on a hold-out");
        (await Checkout.RunAsync("TestModel")).Expect(0);
        await ExpectAsync(2, "a bundle that passed its contract test");
        (await Checkout.RunAsync("Package")).Expect(0);
        await ExpectAsync(2, "a report written");
        (await Checkout.RunAsync("Report")).Expect(0);
        await ExpectAsync(3, "a version promoted by a canary");
        await Checkout.DeployTwiceAsync();
        await ExpectAsync(3, "a rollback done or rehearsed");
        (await Checkout.RunAsync("Rollback", "--reason", "rehearsal")).Expect(0);
        await ExpectAsync(3, "what serves is monitored");
        await MonitorAsync();
        var maturity = (await Checkout.RunAsync("Maturity")).Expect(0);
        maturity.Output.ShouldContain("supported by evidence: 4 ");
        maturity.Output.ShouldContain("nothing is missing");
    }

    // One request answered and labelled is not enough to tell by: said so, and nobody is stopped by it.
    private async Task MonitorAsync()
    {
        var address = JsonDocument.Parse((await Checkout.RunAsync("Status", "--json")).Expect(0).Output).RootElement.GetProperty("servers")
            .EnumerateArray().Single(server => server.GetProperty("role").GetString() == "champion").GetProperty("address").GetString()!;
        using var caller = new Caller(new(address));
        var answer = await caller.PredictAsync();
        var monitored = (await Checkout.RunAsync("Monitor")).Expect(0);

        monitored.Output.ShouldContain($"BikeDemand/local v{answer.Version}: Inconclusive, 1 rows");
        monitored.Output.ShouldNotContain("\"aspects\":");
        monitored.Output.ShouldMatch(@"loss\s+\| Inconclusive\s+\|\s+\| no label came for a whole day");
        Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops", "monitoring")).Select(Path.GetFileName)
            .ShouldBe(["BikeDemand.local.json"]);
        await AlertAsync(new(address));
    }

    // A caller that breaks the contract: everybody who is to know is told, once.
    private async Task AlertAsync(Uri address)
    {
        using var hook = new FakeWebhook();
        using var http = new HttpClient();
        for (var i = 0; i < 30; i++)
        {
            using var refused = await http.PostAsync(new Uri(address, "predict"), new StringContent("""{"hour": "noon"}"""));
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        string[] monitor = ["Monitor", "--alert-webhook", hook.Address.ToString(), "--alert-slack", hook.Address.ToString()];
        var failed = (await Checkout.RunAsync(monitor)).Expect(3);
        (await Checkout.RunAsync(monitor)).Expect(3);

        failed.Output.ShouldContain("slack was told: BikeDemand v");
        failed.Output.ShouldNotContain("secret-of-the-address");
        hook.Requests.Count.ShouldBe(2);
        hook.Requests[0].Body.ShouldContain("31 asked, 30 refused, 0 failed");
        (await Checkout.RunAsync("Monitor", "--alert-issue", "--quiet-hours", "at night")).Expect(2).Output.ShouldContain("MLB6010");
    }

    private async Task ExpectAsync(int supported, string missing)
    {
        var maturity = (await Checkout.RunAsync("Maturity")).Expect(0);
        maturity.Output.ShouldMatch($@"declared level 4 \(\w+\), supported by evidence: {supported} ");
        maturity.Output.ShouldContain($"next missing piece: {missing}.");
    }
}
