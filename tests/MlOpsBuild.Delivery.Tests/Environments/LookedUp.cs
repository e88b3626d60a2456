using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Online;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>A feature view that gives the tiny model its temperature, by the wind.</summary>
internal static class LookedUp
{
    /// <summary>The variable of a store that is a server.</summary>
    public const string Variable = "MLOPS_TEST_FEATURES";

    /// <summary>The view.</summary>
    public static JoinedView View { get; } = new(
        "weather", [new FieldRule("wind", FieldKind.Real)], [new("Degrees", "temperature")]);

    /// <summary>Keeps the degrees of one wind, 7, on this machine.</summary>
    public static async Task WriteAsync(string folder, DateTimeOffset at, double degrees)
    {
        await using var store = new FileOnlineStore(folder, TimeProvider.System);
        await store.WriteAsync(
            View.Name, new($"sha256:{at:HHmm}", at, 1, ["Degrees"]),
            [new("7", new(0, 0), [degrees.ToString(CultureInfo.InvariantCulture)])], CancellationToken.None);
    }

    /// <summary>What a gateway predicts.</summary>
    public static async Task<string> PredictAsync(ServerInstance gateway, string body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{gateway.Port}/predict"), content);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return JsonNode.Parse(text)!["prediction"]!.ToJsonString();
    }
}
