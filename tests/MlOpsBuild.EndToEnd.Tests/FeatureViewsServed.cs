using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The pipeline of <c>src/docs/feature-views.md</c>: trained on joined rows, asked with keys only.</summary>
public sealed class FeatureViewsServed(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Keys = """{"Station": "north"}""";
    private const int Days = 40;
    private readonly DateTimeOffset _hour = Hour(DateTimeOffset.UtcNow);

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task The_guides_pipeline_answers_keys_takes_new_values_up_and_is_looked_after()
    {
        await WriteAsync();
        try
        {
            var deployed = await Checkout.DeployAsync("--pipeline", "Rides");
            deployed.Output.ShouldContain("feature view weather: 1,918 rows found a value, 2 are of a key of which nothing was known yet");
            deployed.Output.ShouldContain("feature view weather: the values of 2 keys for Rides/local");

            using var caller = new Caller(deployed.Address);
            var cold = await PredictAsync(caller, Keys);
            (await PredictAsync(caller, """{"Station": "north", "Temperature": -5, "Wind": 3}""")).ShouldBe(cold, 1e-9);
            await PredictAsync(caller, """{"Station": "nowhere"}""");

            // Later than what was asked so far, to the second that files are written in.
            await Task.Delay(TimeSpan.FromSeconds(1.1));
            await File.WriteAllTextAsync(In("weather-2.csv"), Header + Weather("north", DateTimeOffset.UtcNow, 25, told: 0));
            (await Checkout.RunAsync("Materialize", "--pipeline", "Rides")).Expect(0)
                .Output.ShouldContain("feature view weather: the values of 2 keys for Rides/local");
            (await WarmerAsync(caller, cold)).ShouldBeGreaterThan(cold + 5);

            (await Checkout.RunAsync("Status")).Expect(0).Output
                .ShouldMatch(@"Rides/local, feature view weather, freshness: the newest of 2 values is \d+ min old");
            var watched = (await Checkout.RunAsync("Monitor", "--pipeline", "Rides", "--json")).Expect(0).Output;
            Evidence(watched, "freshness").ShouldMatch(@"\d looked up: 1 of keys of which nothing is known, 0 too old");
            Evidence(watched, "skew").ShouldMatch(@"Temperature was another value in \d+ of \d+ rows");
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Rides")).Expect(0);
        }
    }

    [Fact]
    [Trait("Category", "Nightly")] // compiles the whole program once more
    public async Task A_version_is_made_once_more_from_the_rows_that_its_views_had()
    {
        await WriteAsync();
        (await Checkout.ShellAsync(
            "git init -q --initial-branch=main . && echo '*.csv' >> .gitignore && git add -A && git -c user.name=Ann -c user.email=ann@example.com commit -q -m start"))
            .Expect(0);
        (await Checkout.RunAsync("Package", "--pipeline", "Rides")).Expect(0);
        await File.WriteAllTextAsync(In("weather-1.csv"), Header + Weathers().Replace(",3\n", ",9\n", StringComparison.Ordinal));

        (await Checkout.RunAsync("Reproduce", "v1", "--pipeline", "Rides")).Expect(0).Output.ShouldContain("is reproduced: model ");
    }

    private const string Header = "Station,At,Told,Temperature,Wind\n";

    private static string Evidence(string document, string aspect) => JsonNode.Parse(document)![0]!["aspects"]!.AsArray()
        .Single(found => found!["name"]!.GetValue<string>() == $"feature view weather, {aspect}")!["evidence"]!.GetValue<string>();

    // The gateway takes new values up a moment later.
    private static async Task<double> WarmerAsync(Caller caller, double cold)
    {
        var found = cold;
        for (var patience = 0; found < cold + 5 && patience < 100; patience++)
        {
            await Task.Delay(100);
            found = await PredictAsync(caller, Keys);
        }

        return found;
    }

    private static async Task<double> PredictAsync(Caller caller, string body)
    {
        var (status, _, text) = await caller.PredictAsync(body);
        ((int)status).ShouldBe(200, text);
        return JsonNode.Parse(text)!["prediction"]!.GetValue<double>();
    }

    private async Task WriteAsync()
    {
        Directory.CreateDirectory(In(""));
        await File.WriteAllTextAsync(
            In("Rides.cs"),
            DocumentBlock.TextOf("src/docs/feature-views.md", "csharp", "class Rides").Replace(
                ".Monitor(", ".Canary(c => c.Rehearsal(perSecond: 200)).Monitor(", StringComparison.Ordinal));
        await File.WriteAllTextAsync(In("rides.csv"), Rides());
        await File.WriteAllTextAsync(In("weather-1.csv"), Header + Weathers());
        await File.WriteAllTextAsync(
            In("Rides.csproj"),
            (await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "pipelines/Churn/Churn.csproj")))
                .Replace("Churn", "Rides", StringComparison.Ordinal));
        File.Copy(Path.Combine(Checkout.Root, "pipelines/Churn/packages.lock.json"), In("packages.lock.json"));
        Checkout.Edit(
            "build/_build.csproj", "    <ProjectReference Include=\"../pipelines/Churn/Churn.csproj\" />\n",
            same => same + same.Replace("Churn", "Rides", StringComparison.Ordinal));
        Checkout.Edit("build/Build.cs", @"new Churn\(\)", same => same + ", new Rides()");
    }

    // Warm hours have more rides; the newest hours are cold.
    private string Rides()
    {
        var (random, text) = (new SplitMix64(5), new StringBuilder("At,Station,Count\n"));
        foreach (var (hour, station) in Hours())
        {
            var count = 40 + Degrees(hour) + (random.NextDouble() * 12);
            text.Append(CultureInfo.InvariantCulture, $"{hour.AddMinutes(30):yyyy-MM-ddTHH:mm:ssZ},{station},{count:0.###}\n");
        }

        return text.ToString();
    }

    private string Weathers() => string.Concat(Hours().Select(hour => Weather(hour.Station, hour.At, Degrees(hour.At), told: 40)));

    private static string Weather(string station, DateTimeOffset at, double degrees, int told) => string.Create(
        CultureInfo.InvariantCulture, $"{station},{at:yyyy-MM-ddTHH:mm:ssZ},{at.AddMinutes(told):yyyy-MM-ddTHH:mm:ssZ},{degrees},3\n");

    // Told ten minutes after the ride of the same hour: training sees the hour before.
    private double Degrees(DateTimeOffset hour) =>
        hour >= _hour.AddHours(-3) ? -5 : Math.Round(10 + (20 * Math.Sin(hour.Hour / 24.0 * Math.PI)), 1);

    private IEnumerable<(DateTimeOffset At, string Station)> Hours() => Enumerable.Range(1, Days * 24).Reverse()
        .SelectMany(back => new[] { "north", "south" }.Select(station => (_hour.AddHours(-back), station)));

    private static DateTimeOffset Hour(DateTimeOffset time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, TimeSpan.Zero);

    private string In(string file) => Path.Combine(Checkout.Root, "pipelines", "Rides", file);
}
