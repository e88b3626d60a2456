using System.Text.Json;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>A checkout with one version that served and one that serves instead, both warm behind a real gateway.</summary>
internal sealed class ServedProject : IDisposable
{
    public const string Row =
        """{"dteday":"2012-11-02","hr":0,"workingday":1,"weathersit":1,"temp":0.42,"season":4,"yr":1,"mnth":11,"holiday":0,"weekday":5,"atemp":0.399,"hum":0.39,"windspeed":0.1588}""";

    private const string Weaker = "trees=20";
    private static readonly string[] Pipeline = ["--pipeline", "BikeDemand"];
    private readonly Checkout _checkout;

    private ServedProject(Checkout checkout, string folder)
    {
        _checkout = checkout;
        RoutesFile = Path.Combine(folder, "routes.json");
        GatewayOptions = Path.Combine(folder, "gateway", "options.json");
        using var gateway = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "gateway", "ready.json")));
        Port = gateway.RootElement.GetProperty("port").GetInt32();
    }

    /// <summary>The gateway's port.</summary>
    public int Port { get; }

    /// <summary>Port of the model server that serves now, v2's.</summary>
    public int Serving => Read(routes => PortOf(routes.GetProperty("baseline")));

    /// <summary>Port of the model server that is warm, v1's.</summary>
    public int Warm => Read(routes => PortOf(routes.GetProperty("warm")[0]));

    /// <summary>What the gateway was told.</summary>
    public string GatewayOptions { get; }

    /// <summary>The routes in force, as it keeps them.</summary>
    public string RoutesFile { get; }

    public static async Task<ServedProject> CreateAsync(CancellationToken cancellationToken)
    {
        var checkout = await Checkout.CreateAsync(cancellationToken);
        await Timed.RunAsync(checkout.Folder, checkout.Script, ["Train", "Deploy", .. Pipeline, "--set", Weaker], cancellationToken);
        var output = await Timed.ReadAsync(checkout.Folder, checkout.Script, ["Train", "Deploy", .. Pipeline], cancellationToken);
        return new(checkout, Between(output, "with the token in ", "/feedback-token"));
    }

    /// <summary>Rolls back as a release manager does; when the rollback was decided.</summary>
    public async Task<DateTimeOffset> RollBackAsync(CancellationToken cancellationToken)
    {
        await Timed.RunAsync(_checkout.Folder, _checkout.Script, ["Rollback", "--reason", "benchmark"], cancellationToken);
        return Read(routes => routes.GetProperty("change").GetProperty("at").GetDateTimeOffset());
    }

    /// <summary>Lets the version that was withdrawn serve again.</summary>
    public Task DeployAgainAsync(CancellationToken cancellationToken) =>
        Timed.RunAsync(_checkout.Folder, _checkout.Script, ["Deploy", "--again", .. Pipeline], cancellationToken);

    public void Dispose() => _checkout.Dispose();

    private T Read<T>(Func<JsonElement, T> part)
    {
        using var routes = JsonDocument.Parse(File.ReadAllBytes(RoutesFile));
        return part(routes.RootElement);
    }

    private static int PortOf(JsonElement upstream) => upstream.GetProperty("port").GetInt32();

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
