using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Views.Tests;

/// <summary>A feature view over given rows, and lines of a log that looked values of it up.</summary>
internal static class WeatherView
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly JoinedView Taken = new(
        "weather", [new("station", FieldKind.Text)], [new("Degrees", "degrees"), new("Sky", "sky")]) { MaxAge = TimeSpan.FromHours(3) };

    public static DataContract Contract(bool personalKey = false) => new("Ride",
    [
        new() { Rule = new("station", FieldKind.Text), Property = "Station", PersonalData = personalKey },
        new() { Rule = new("degrees", FieldKind.Real, Optional: true), Property = "Degrees", Nullable = true },
        new() { Rule = new("sky", FieldKind.Text, Optional: true), Property = "Sky", Nullable = true },
        new() { Rule = new("y", FieldKind.Real), Property = "Y", Role = ColumnRole.Label },
    ]);

    /// <summary>Rows of the view.</summary>
    /// <param name="rows">Station, hours after noon at which it was true and known, temperature.</param>
    public static async Task<ViewRows> RowsAsync(params (string Station, double At, double Known, double? Degrees)[] rows)
    {
        using var folder = new TemporaryFolder();
        var text = "Station,At,Told,Degrees,Sky,Keeper\n" + string.Concat(rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Station},{Time(row.At)},{Time(row.Known)},{row.Degrees},clear,ann\n")));
        await File.WriteAllTextAsync(folder["weather.csv"], text);
        var view = FeatureView.Of<StationWeather>("weather", DataSource.Files("weather.csv")).FreshFor(TimeSpan.FromHours(3)).Specification;
        return await new JoinedSnapshot(
            new(view, Taken), new(["weather.csv"], [new Artifact(Digest.Of(text), folder["weather.csv"])]))
            .ReadAsync(CancellationToken.None);
    }

    /// <summary>A line of the log.</summary>
    public static LogEntry Line(
        double hour, string features, LookupOutcome outcome = LookupOutcome.Found, params string[] columns) => new(Noon, "id")
    {
        Version = 1, Features = JsonNode.Parse(features)!.AsObject(),
        LookedUp = new(
            Noon.AddHours(hour), new Dictionary<string, LookupOutcome> { ["weather"] = outcome },
            columns.Length == 0 ? ["degrees", "sky"] : columns),
    };

    private static string Time(double hour) => Noon.AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record StationWeather(
        [property: Entity] string Station, [property: Timestamp] DateTime At, [property: Known] DateTime Told, double? Degrees, string Sky,
        [property: PersonalData] string Keeper);
}
