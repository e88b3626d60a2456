using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary><c>./build.sh Dashboard</c>: what it tells is what serves, and what is asked for on it is done by the build.</summary>
public sealed class OnTheDashboard(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task A_bad_version_is_seen_and_rolled_back_from_the_page()
    {
        await Checkout.DeployTwiceAsync();
        using var running = Checkout.Start("Dashboard");
        await running.UntilAsync("open http://127.0.0.1:");
        var address = new Uri(running.Output.Split("open ")[1].Split('\n')[0].Trim());
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.BaseAddress = new(address.GetLeftPart(UriPartial.Authority));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Fragment[1..]);
        using var state = new StreamReader(await http.GetStreamAsync(new Uri("state", UriKind.Relative)));

        var before = await PlaceAsync(state);
        var card = await http.GetStringAsync(new Uri("tell?topic=card&pipeline=BikeDemand&version=2", UriKind.Relative));
        var lineage = await http.GetStringAsync(new Uri("tell?topic=lineage&pipeline=BikeDemand&version=2", UriKind.Relative));
        using var answer = await http.PostAsync(
            new Uri("act", UriKind.Relative),
            JsonContent.Create(new { kind = "Rollback", pipeline = "BikeDemand", environment = "local", reason = "--to=9; rm -rf /" }));
        var said = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

        (before["champion"]!.GetValue<int>(), before["before"]!.GetValue<int>(), before["versions"]!.AsArray().Count).ShouldBe((2, 1, 2));
        card.ShouldContain("BikeDemand");
        lineage.ShouldContain("commit");
        said["exitCode"]!.GetValue<int>().ShouldBe(0, said.ToJsonString());
        said["lines"]!.ToJsonString().ShouldContain("v1 serves again instead of v2");
        (await Checkout.ChampionAsync()).ShouldBe(1);
        var audit = await Checkout.AuditAsync();
        audit.Single(entry => entry.Action == "asked").Reason.ShouldBe("--to=9; rm -rf /");
        audit.Last(entry => entry.Action == "rollback").Reason.ShouldBe("--to=9; rm -rf /");
        (await PlaceAsync(state, champion: 1))["versions"]![0]!["state"]!.GetValue<string>().ShouldBe("rolled back");

        running.Signal("INT");
        (await running.EndAsync()).Errors.ShouldNotContain("Unhandled");
    }

    private static async Task<JsonNode> PlaceAsync(StreamReader state, int? champion = null)
    {
        while (await state.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)
                && JsonNode.Parse(line["data: ".Length..])!["places"]![0]! is var place
                && (champion == null || place["champion"]!.GetValue<int>() == champion))
            {
                return place;
            }
        }

        throw new InvalidOperationException("the page's server went away");
    }
}
