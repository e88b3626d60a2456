using MlOpsBuild.TestKit.Data;
using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Onnx.Tests;

/// <summary>Rows of every kind of column, some values missing, and every feature that has a form in ONNX.</summary>
internal static class MixedRows
{
    public static readonly string[] Kinds = ["a", "b", "c", "d"];

    public static IReadOnlyList<FeatureSpec> Features =>
    [
        new NumberFeature("A"), new NumberFeature("B", Missing: 1), new SquareFeature("A"), new OneHotFeature("Kind"),
        new OneHotFeature("Hour", Rare: 0.04), new CrossFeature("Kind", "Flag"),
        new CalendarFeature("Day", DatePart.Month), new CalendarFeature("Day", DatePart.Week), new CalendarFeature("At", DatePart.Hour),
        new CyclicFeature("Hour", 24), new CyclicFeature("At", 7, DatePart.Weekday),
        new BinFeature("A", 4, []), new BinFeature("B", 3, [-1, 2]), new HashFeature("Kind", 3),
    ];

    public static DataTable Table(int rows, int seed, string label)
    {
        var random = new SplitMix64((ulong)seed);
        var text = new StringBuilder("A,B,Kind,Hour,Flag,Day,At,Label\n");
        for (var row = 0; row < rows; row++)
        {
            var (a, b) = (Draw(), Draw());
            var (kind, hour, flag, day) = (
                random.NextDouble() < 0.1 ? "" : Kinds[random.NextInt(4)], random.NextInt(24), random.NextInt(2),
                new DateOnly(2023, 1, 1).AddDays(random.NextInt(700)));
            var value = 50 + ((a ?? 2) * 3) + ((b ?? 1) * (b ?? 1)) + (kind == "a" ? 9 : kind.Length == 0 ? -6 : 0)
                + (hour is > 6 and < 19 ? 12 : 0) + (flag * 4) + day.Month + (random.NextDouble() * 5);
            var told = label switch
            {
                "number" => value.ToString(CultureInfo.InvariantCulture),
                "two" => value > 70 ? "yes" : "no",
                _ => value > 80 ? "high" : value > 65 ? "mid" : "low"
            };
            text.Append(
                CultureInfo.InvariantCulture,
                $"{a},{b},{kind},{hour},{flag},{day:yyyy-MM-dd},{day.AddDays(random.NextInt(5)):yyyy-MM-dd}T{random.NextInt(24):00}:{random.NextInt(60):00}:59.999,{told}\n");
        }

        var result = label switch
        {
            "number" => MemoryFiles.Read(
                [("rows.csv", Encoding.UTF8.GetBytes(text.ToString()))], ContractReader.Of<Number>(), CancellationToken.None),
            "two" =>
                MemoryFiles.Read([("rows.csv", Encoding.UTF8.GetBytes(text.ToString()))], ContractReader.Of<Two>(), CancellationToken.None),
            _ => MemoryFiles.Read(
                [("rows.csv", Encoding.UTF8.GetBytes(text.ToString()))], ContractReader.Of<Three>(), CancellationToken.None),
        };
        result.Findings.ShouldBeEmpty();
        return result.Table!;

        double? Draw() => random.NextDouble() < 0.1 ? null : Math.Round((random.NextDouble() - 0.5) * 10, 3);
    }

    private sealed record Number(
        double? A,
        double? B,
        [property: Categories("a", "b", "c", "d")] string? Kind,
        int Hour,
        bool Flag,
        DateOnly Day,
        DateTime At,
        [property: Label] double Label);

    private sealed record Two(
        double? A,
        double? B,
        [property: Categories("a", "b", "c", "d")] string? Kind,
        int Hour,
        bool Flag,
        DateOnly Day,
        DateTime At,
        [property: Label(positive: "yes"), Categories("no", "yes")] string Label);

    private sealed record Three(
        double? A,
        double? B,
        [property: Categories("a", "b", "c", "d")] string? Kind,
        int Hour,
        bool Flag,
        DateOnly Day,
        DateTime At,
        [property: Label, Categories("high", "low", "mid")] string Label);
}
