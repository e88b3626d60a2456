using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Simulation;

/// <summary>
/// Hourly rental demand with growth, season, weather, commuting hours and noise, written as CSV with the columns of the
/// UCI bike-sharing file. It copies the contract of that file, none of its data.
/// </summary>
public static class DemandSimulator
{
    private const string Header =
        "instant,dteday,season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed,casual,registered,cnt";

    private static readonly double[] Commuting =
        [
            -2.2, -2.9, -3.4, -3.7, -3.2, -1.6, -0.1, 1.0, 1.55, 0.8, 0.35, 0.5, 0.7, 0.7, 0.6, 0.75, 1.2, 1.75, 1.7, 1.3, 0.9, 0.6, 0.2,
            -0.5
        ];

    private static readonly double[] Leisure =
        [
            -0.6, -0.9, -1.3, -2.1, -2.9, -2.8, -2.1, -1.4, -0.6, 0.1, 0.6, 0.9, 1.1, 1.15, 1.15, 1.1, 1.05, 0.95, 0.75, 0.5, 0.2, 0.0,
            -0.2, -0.5
        ];

    /// <summary>The simulated file.</summary>
    /// <exception cref="UsageException">The options name a column there is not.</exception>
    public static byte[] Write(DemandSimulation options)
    {
        var all = Header.Split(',');
        var unknown = options.Columns.Except(all)
            .Select(name => new Finding(
                "MLB1048", "Unknown column of the simulation", nameof(DemandSimulation.Columns), name, Header, "correct the name"))
            .ToList();
        if (unknown.Count > 0)
        {
            throw new UsageException("The simulation cannot write these columns", unknown);
        }

        var random = new SplitMix64((ulong)options.Seed);
        var text = new StringBuilder(Header).Append('\n');
        var (warmth, wet, instant) = (0.0, 1, 0);
        for (var day = 0; day < options.Days; day++)
        {
            var date = options.Start.AddDays(day);
            var drifting = day >= options.Days - options.DriftDays;
            warmth = (0.8 * warmth) + (0.05 * random.NextNormal());
            var mood = 0.12 * random.NextNormal();
            for (var hour = 0; hour < 24; hour++)
            {
                wet = NextWeather(wet, random);
                Row(text, ++instant, date, hour, wet, warmth, mood, drifting, options, random);
            }
        }

        return Encoding.UTF8.GetBytes(options.Columns.Count == 0 ? text.ToString() : Only(
            text.ToString(), [.. all.Select((name, index) => options.Columns.Contains(name) ? index : -1).Where(index => index >= 0)]));
    }

    private static string Only(string text, int[] columns) => string.Concat(
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(','))
            .Select(cells => string.Join(',', columns.Select(index => cells[index])) + "\n"));

    private static int NextWeather(int weather, SplitMix64 random)
    {
        var draw = random.NextDouble();
        return weather switch
        {
            1 => draw < 0.93 ? 1 : 2,
            2 => draw < 0.12 ? 1 : draw < 0.92 ? 2 : 3,
            _ => draw < 0.3 ? 2 : 3,
        };
    }

    private static void Row(
        StringBuilder text, int instant, DateOnly date, int hour, int weather, double warmth, double mood, bool drifting,
        DemandSimulation options, SplitMix64 random)
    {
        var season = Math.Cos(2 * Math.PI * (date.DayOfYear - 200) / 365.25);
        var temperature = 0.5 + (0.28 * season) + (0.07 * Math.Cos(2 * Math.PI * (hour - 15) / 24)) + warmth - (0.03 * (weather - 1));
        temperature = Math.Round(Math.Clamp(temperature + (drifting ? options.TemperatureDrift : 0), 0.02, 1), 2);
        var humidity = Math.Round(Math.Clamp(0.45 + (0.15 * (weather - 1)) + (0.1 * random.NextNormal()), 0.1, 1), 2);
        var wind = Math.Round(Math.Clamp(0.19 + (0.12 * random.NextNormal()), 0, 0.85), 4);
        var holiday = (date.Month, date.Day) is (1, 1) or (7, 4) or (12, 25);
        var working = !holiday && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        var years = (date.DayNumber - options.Start.DayNumber) / 365.25;
        var level = 3.25 + (Math.Log(options.GrowthPerYear) * years) + (2.6 * temperature) - (1.5 * temperature * temperature)
            + (working ? Commuting : Leisure)[hour] - (weather == 3 ? 0.75 : weather == 2 ? 0.08 : 0) + mood;
        var demand = Math.Exp(level + (options.Noise * random.NextNormal())) * (drifting ? options.DemandDrift : 1);
        var count = Math.Max(1, (int)Math.Round(demand));
        var casual = (int)(count * Math.Clamp((working ? 0.12 : 0.32) + (0.04 * random.NextNormal()), 0, 0.9));
        text
            .Append(
                CultureInfo.InvariantCulture,
                $"{instant},{date:yyyy-MM-dd},{(date.Month % 12 / 3) + 1},{date.Year - options.Start.Year},{date.Month},{hour},")
            .Append(
                CultureInfo.InvariantCulture,
                $"{(holiday ? 1 : 0)},{(int)date.DayOfWeek},{(working ? 1 : 0)},{weather},{temperature},{Math.Round(temperature * 0.95, 4)},")
            .Append(CultureInfo.InvariantCulture, $"{humidity},{wind},{casual},{count - casual},{count}\n");
    }
}
