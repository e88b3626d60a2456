using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What callers and operators see of the local environment.</summary>
public sealed class ServingAndStopping(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task Wrong_input_is_refused_with_what_where_and_expected()
    {
        using var caller = new Caller((await Checkout.DeployAsync()).Address);

        (await caller.PredictAsync()).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await caller.PredictAsync(Caller.Good.Replace("\"hr\":8", "\"hr\":24", StringComparison.Ordinal));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        var finding = JsonDocument.Parse(refused.Body).RootElement.GetProperty("findings")[0];
        finding.GetProperty("what").GetString().ShouldNotBeNullOrEmpty();
        finding.GetProperty("where").GetString().ShouldBe("body.hr");
        finding.GetProperty("expected").GetString()!.ShouldContain("0 to 23");
        (await caller.PredictAsync("{}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await caller.PredictAsync("no json")).Status.ShouldBe(HttpStatusCode.BadRequest);

        // For monitoring: what the contract knows of the one that was answered, and of the others that they were refused.
        (await Checkout.RunAsync("Stop")).Expect(0);
        var kept = Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops", "predictions", "BikeDemand.local"))
            .SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        kept.Count.ShouldBe(4);
        kept[0].GetProperty("features").GetProperty("hr").GetInt32().ShouldBe(8);
        kept[1..].Select(entry => string.Join(' ', entry.EnumerateObject().Select(member => member.Name)))
            .ShouldAllBe(names => names == "at id version status");
    }

    [Fact]
    public async Task Status_shows_version_weight_and_since_until_stop_ends_everything()
    {
        var address = (await Checkout.DeployAsync()).Address;
        Checkout.Processes().Count.ShouldBe(2);
        (await Checkout.RunAsync("Status")).Expect(0).Output.ShouldMatch(
            $@"{address}\s*\| v1\s+\| champion\s*\| 100 %\s*\| serving \| \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC");

        using var document = JsonDocument.Parse((await Checkout.RunAsync("Status", "--json")).Expect(0).Output);
        var server = document.RootElement.GetProperty("servers").EnumerateArray().ShouldHaveSingleItem();
        (
            new Uri(server.GetProperty("address").GetString()!), server.GetProperty("version").GetInt32(),
            server.GetProperty("role").GetString())
            .ShouldBe((address, 1, "champion"));

        (await Checkout.RunAsync("Stop")).Expect(0).Output.ShouldContain("2 processes ended");

        Checkout.Processes().ShouldBeEmpty();
        await Should.ThrowAsync<SocketException>(() => ConnectAsync(address));
        var status = (await Checkout.RunAsync("Status")).Expect(0);
        status.Output.ShouldContain("v1 should serve and does not");
        status.Output.ShouldNotContain("100 %");
    }

    [Fact]
    public async Task Stop_leaves_no_working_folder_and_no_token_behind()
    {
        await Checkout.DeployAsync();

        (await Checkout.RunAsync("Stop")).Expect(0);

        Directory.GetFiles(Checkout.Runtime, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static async Task ConnectAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
    }
}
